// The calls of the chat API. A Failure says what kind of trouble it was.
export class Failure extends Error {
  constructor(status, body = {}, wait = 0) {
    super(body.title ?? 'network');
    this.status = status;
    this.errors = body.errors ?? {};
    this.wait = wait;
  }
}

const PATIENCE = 12000;

export function createApi(base) {
  async function call(method, path, { body, session } = {}) {
    const headers = {};
    if (body) headers['Content-Type'] = 'application/json';
    if (session) headers.Authorization = `Bearer ${session}`;
    let response;
    try {
      response = await fetch(new URL(path, base), {
        method, headers, body: body && JSON.stringify(body), credentials: 'omit',
        referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status === 204) return null;
      const data = await response.json();
      if (response.ok) return data;
      throw new Failure(response.status, data, Number(response.headers.get('Retry-After')) || 0);
    } catch (error) {
      throw error instanceof Failure ? error : new Failure(response?.status >= 500 ? response.status : 0);
    }
  }
  return {
    begin: (page) => call('POST', 'api/chat/sessions', { body: page ? { page } : {} }),
    say: (session, id, text) => call('POST', 'api/chat/messages', { body: { session, id, text } }),
    judge: (session, message, helpful, comment) => call('POST', 'api/chat/feedback', {
      body: { session, message, helpful, ...(comment ? { comment } : {}) },
    }),
    transcript: (session) => call('GET', 'api/chat/transcript', { session }),
    forget: (session) => call('DELETE', 'api/chat/session', { session }),
    section: (topic) => call('GET', `api/guide/sections/${encodeURIComponent(topic)}`),
    appointment: (body) => call('POST', 'api/appointments', { body }),
  };
}
