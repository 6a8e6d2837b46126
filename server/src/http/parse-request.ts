import { type RouteDeclaration, type RouteName, type RouteTypes, routes } from '@wirebook/api';
import { isJsonObject, WirebookError } from '@wirebook/errors';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';

type BodyOf<Name extends RouteName> = RouteTypes[Name] extends { readonly body: infer Body } ? Body : undefined;

const ajv = new Ajv({ allErrors: false, strict: true, allowUnionTypes: true });
const declarations: Readonly<Record<RouteName, RouteDeclaration>> = routes;
const validators = new Map<RouteName, ValidateFunction>();

/**
 * The body of a request, as the route table describes it.
 *
 * @throws SERVER_REQUEST_INVALID naming what is wrong.
 */
export function parseRequestBody<Name extends RouteName>(name: Name, body: unknown): BodyOf<Name> {
  const { body: schema } = declarations[name];
  if (schema === null) return undefined as BodyOf<Name>;
  if (!isJsonObject(body))
    throw new WirebookError('SERVER_REQUEST_INVALID', 'the request needs a body: a JSON object with content-type application/json');
  const validate = validators.get(name) ?? ajv.compile(schema as AnySchemaObject);
  validators.set(name, validate);
  if (isBody<Name>(body, validate)) return body;
  throw new WirebookError('SERVER_REQUEST_INVALID', describe(validate.errors?.[0]));
}

function isBody<Name extends RouteName>(body: unknown, validate: ValidateFunction): body is BodyOf<Name> {
  return validate(body);
}

function describe(error: ErrorObject | undefined): string {
  const place = error?.instancePath.slice(1).replaceAll('/', '.');
  const extra: unknown = error?.params.additionalProperty ?? error?.params.allowedValues;
  const named = extra === undefined ? '' : ` (${Array.isArray(extra) ? extra.join(', ') : String(extra)})`;
  return `the body${place ? ` at ${place}` : ''} ${error?.message ?? 'is wrong'}${named}`;
}

/**
 * Query parameters, one text each; what a route reads of them it checks itself.
 *
 * @throws SERVER_REQUEST_INVALID
 */
export function parseQuery(query: unknown): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (typeof value !== 'string' || value.length > 2000)
      throw new WirebookError('SERVER_REQUEST_INVALID', `the query parameter ${name} is given more than once, or is too long`);
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

const parameterPattern = /^[^\p{C}/\\]{1,300}$/u;

/** @throws SERVER_REQUEST_INVALID */
export function parsePathParameters(params: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'string' || !parameterPattern.test(value))
      throw new WirebookError('SERVER_REQUEST_INVALID', `the part ${name} of the address is no id`);
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
