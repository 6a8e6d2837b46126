import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigField, ValueSwitchKind } from '@wirebook/node-kit';
import type { CompileConfigOptions, ExpressionScope } from './compiled-config.ts';
import { type CompiledExpression, compileExpression } from './expression.ts';
import { toText } from './native-values.ts';
import { parseTemplate } from './template.ts';

/** Where the value of a switched field comes from. */
export type ValueSource =
  | { readonly kind: 'fixed'; readonly value: JsonValue; readonly secretName: string | undefined }
  | {
      readonly kind: 'computed';
      /** For messages, e.g. `expression "a.b"`. */
      readonly label: string;
      readonly evaluate: (scope: ExpressionScope) => JsonValue | undefined | Promise<JsonValue | undefined>;
    };

export interface SourceContext {
  readonly options: CompileConfigOptions;
  /** Names of node and field, for messages. */
  readonly place: string;
  readonly field: ConfigField;
}

/** @throws FLOW_EXPRESSION_INVALID, FLOW_EXPRESSION_NOT_ANCESTOR, FLOW_NODE_CONFIG_INVALID */
export function compileSource(kind: ValueSwitchKind, text: string, context: SourceContext): ValueSource {
  switch (kind) {
    case '$expr': {
      const { evaluate } = compileText(text, context);
      return { kind: 'computed', label: `expression ${JSON.stringify(text)}`, evaluate };
    }
    case '$template':
      return compileTemplate(text, context);
    case '$secret': {
      const value = context.options.secrets(text);
      if (value === undefined) throw missing(context, `there is no secret "${text}"`);
      return { kind: 'fixed', value: readText(value, context.field), secretName: text };
    }
    case '$env': {
      const value = context.options.env(text);
      if (value === undefined) throw missing(context, `the environment has no variable "${text}"`);
      return { kind: 'fixed', value: readText(value, context.field), secretName: undefined };
    }
    default:
      return kind satisfies never;
  }
}

function compileText(text: string, { options, place }: SourceContext): CompiledExpression {
  const { ancestors, clock, random } = options;
  return compileExpression({ text, place, ancestors, clock, random });
}

function compileTemplate(template: string, context: SourceContext): ValueSource {
  const { texts, expressions } = parseTemplate(template, { place: context.place, compile: (text) => compileText(text, context) });
  if (expressions.length === 0) return { kind: 'fixed', value: template, secretName: undefined };
  const join = (values: readonly (JsonValue | undefined)[]): string => {
    try {
      return texts.map((text, index) => text + toTemplateText(values[index])).join('');
    } catch (cause) {
      throw new WirebookError('FLOW_EXPRESSION_FAILED', `${context.place}: a value is too large for a text`, cause);
    }
  };
  return {
    kind: 'computed',
    label: `template ${JSON.stringify(template)}`,
    evaluate: (scope) => {
      const values: (JsonValue | undefined)[] = [];
      const waiting: Promise<void>[] = [];
      for (const [index, expression] of expressions.entries()) {
        const value = expression.evaluate(scope);
        if (value instanceof Promise) {
          waiting.push(
            value.then((settled) => {
              values[index] = settled;
            }),
          );
        } else {
          values[index] = value;
        }
      }
      return waiting.length === 0 ? join(values) : Promise.all(waiting).then(() => join(values));
    },
  };
}

/** Nothing and null leave no trace in a text: the platform gives null for every empty field. */
function toTemplateText(value: JsonValue | undefined): string {
  return value === null ? '' : toText(value);
}

/** Secrets and the environment hold texts only; fields of other types read them as they would be written in JSON. */
function readText(text: string, { type }: ConfigField): JsonValue {
  if (type === 'integer' || type === 'number') {
    const number = Number(text);
    return text.trim() === '' || Number.isNaN(number) ? text : number;
  }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function missing({ place }: SourceContext, reason: string): WirebookError {
  return new WirebookError('FLOW_NODE_CONFIG_INVALID', `${place}: ${reason}`);
}
