import type { IncomingMessage } from 'node:http';
import type { OwnTrigger, StartedTrigger, WebSource } from '@wirebook/engine';
import { toWirebookError } from '@wirebook/errors';
import type { Clock, IdSource, WebResponse } from '@wirebook/node-kit';
import { type FormPage, type FormTexts, formPolicy, renderForm, renderThanks } from './form-page.ts';
import type { FormPlan } from './parse-form-fields.ts';
import { createRequestLimiter } from './request-limiter.ts';
import { toJsonResponse } from './waiting-answers.ts';

export interface FormSource {
  readonly source: WebSource;
  readonly plan: FormPlan;
}

export interface FormDeskOptions {
  readonly trigger: (own: OwnTrigger) => StartedTrigger;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
}

interface FormRequest {
  readonly request: Pick<IncomingMessage, 'method' | 'headers'>;
  readonly body: Uint8Array;
  readonly remoteAddress: string;
}

/** Shows forms and takes what was filled in. */
export interface FormDesk {
  handle(form: FormSource, request: FormRequest): WebResponse;
}

const tokenPattern = /^[A-Za-z0-9_-]{10,64}$/;

export function createFormDesk({ trigger, clock, ids }: FormDeskOptions): FormDesk {
  const limiter = createRequestLimiter(() => clock.now());

  function show({ source, plan }: FormSource, status: number, about: Partial<FormPage> = {}): WebResponse {
    const initial = new Map(plan.fields.map(({ name, initial }) => [name, initial]));
    const page = { texts: readTexts(source), fields: plan.fields, filled: initial, errors: new Map(), notice: null, token: ids.nextId() };
    return toHtml(status, renderForm({ ...page, ...about }));
  }

  function take(form: FormSource, { body, remoteAddress }: FormRequest): WebResponse {
    const { source, plan } = form;
    const sent = new URLSearchParams(Buffer.from(body).toString('utf8'));
    const filled = new Map(plan.fields.map(({ name }) => [name, sent.getAll(name)]));
    const given = sent.get('_token') ?? '';
    const token = tokenPattern.test(given) ? given : ids.nextId();
    const values = plan.read(sent);
    const errors = plan.check(values);
    if (errors.size > 0) return show(form, 422, { filled, errors, token });
    const waitMs = limiter.take(`${source.flowId}/${source.nodeId} ${remoteAddress}`, Number(source.config.perMinute));
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      const page = show(form, 429, {
        filled,
        token,
        notice: `Too many reports came from your address. Send it again in ${seconds} seconds.`,
      });
      return { ...page, headers: { ...page.headers, 'retry-after': String(seconds) } };
    }
    try {
      const { flowId, nodeId } = source;
      const { runId } = trigger({ kind: 'form', flowId, nodeId, messageId: `form ${token}`, body: values });
      return toHtml(200, renderThanks(readTexts(source), runId));
    } catch (thrown) {
      const { code } = toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN');
      return show(form, 503, {
        filled,
        token,
        notice: `It could not be taken now (${code}). What you wrote is still here: send it again in a moment.`,
      });
    }
  }

  return {
    handle: (form, taken) => {
      const { request } = taken;
      if (request.method === 'GET' || request.method === 'HEAD') return show(form, 200);
      if (request.method !== 'POST') {
        return toJsonResponse(405, { code: 'WEB_METHOD_REFUSED', message: 'only GET and POST are taken' }, { allow: 'GET, POST' });
      }
      const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/x-www-form-urlencoded') {
        return toJsonResponse(415, { code: 'WEB_REQUEST_UNREADABLE', message: 'a form is sent as application/x-www-form-urlencoded' });
      }
      return take(form, taken);
    },
  };
}

function readTexts({ config }: WebSource): FormTexts {
  const text = (key: string) => (typeof config[key] === 'string' ? config[key] : '');
  return { title: text('title'), intro: text('intro'), submitLabel: text('submitLabel'), thanks: text('thanks') };
}

function toHtml(status: number, body: string): WebResponse {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': formPolicy }, body };
}
