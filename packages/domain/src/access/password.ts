import { refuse, type LingeError } from "../error/catalogue.ts";

/** Characters that a password needs at least; length protects better than a rule about signs (NIST SP 800-63B, 5.1.1.2). */
export const leastPassword = 10;

const common = ["password", "12345678", "qwertyui", "11223344", "88888888", "asdfghjk", "letmein", "woaini"];

/** What is wrong with a password that somebody chooses for himself; nothing when it will do. */
export function passwordProblem(password: string, login: string): LingeError | undefined {
  const plain = password.normalize("NFKC").toLowerCase();
  const weak =
    [...plain].length < leastPassword ||
    new Set(plain).size < 4 ||
    plain.includes(login.toLowerCase()) ||
    common.some((word) => plain.includes(word));
  return weak ? refuse("weakPassword", { least: leastPassword }) : undefined;
}
