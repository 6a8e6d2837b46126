import { WirebookError } from '@wirebook/errors';
import type { HttpRequest, HttpResponse, HttpService } from '@wirebook/node-kit';

type HttpAnswerer = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

/** A web whose one answer a test writes down. */
export interface FakeHttp extends HttpService {
  /** Everything asked from now on gets this. */
  answer(answer: HttpResponse | HttpAnswerer): void;
  readonly requests: readonly HttpRequest[];
}

export function createFakeHttp(): FakeHttp {
  const requests: HttpRequest[] = [];
  let answerer: HttpAnswerer = (request) => {
    throw new WirebookError('HTTP_UNREACHABLE', `${request.method} ${request.url}: the test wrote no answer`);
  };
  return {
    requests,
    answer(answer) {
      answerer = typeof answer === 'function' ? answer : () => answer;
    },
    async request(request) {
      requests.push(request);
      const { body, ...head } = await answerer(request);
      if (request.takeBody === undefined) return { ...head, body };
      await request.takeBody(head, toContent(body));
      return { ...head, body: '' };
    },
  };
}

async function* toContent(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}
