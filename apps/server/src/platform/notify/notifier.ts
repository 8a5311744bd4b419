/** A short text to a telephone. `to` never reaches a log in full. */
export type Message = { to: string; text: string };

/** Sends messages; a city's text-message gateway is the second implementation. */
export type Notifier = { send(message: Message): Promise<void> };

/** Shows messages on the console with the number masked: for trying Linge out, where the sender reads his own screen. */
export function consoleNotifier(write: (line: string) => void): Notifier {
  return {
    async send({ to, text }) {
      write(`→ ${to.slice(0, 3)}****${to.slice(-4)}: ${text}`);
    },
  };
}

/** Keeps messages in memory, for tests that read what was sent. */
export function memoryNotifier(): Notifier & { sent: Message[] } {
  const sent: Message[] = [];
  return { sent, send: async (message) => void sent.push(message) };
}
