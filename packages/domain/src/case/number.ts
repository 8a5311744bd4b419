// Letters and digits that are not mistaken for each other when said or written: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
const alphabet = "34679ACDEFGHJKMNPQRTWXY";

/**
 * Check character: weighted sum modulo 23. As 23 is prime and the weights differ, every single wrong character and
 * every swap of two characters is found (the scheme of ISBN-10, ISO 2108).
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) sum += (i + 2) * alphabet.indexOf(body[i]!);
  return alphabet[(alphabet.length - (sum % alphabet.length)) % alphabet.length]!;
}

/**
 * A case number that can be said on the phone, `XXXX-XXXC`: 23^7 numbers, the last character checks the others.
 * @param random a whole number from 0 on; only its remainder by 23^7 counts
 */
export function caseNumber(random: number): string {
  let rest = random % alphabet.length ** 7;
  let body = "";
  for (let i = 0; i < 7; i += 1) {
    body += alphabet[rest % alphabet.length]!;
    rest = Math.floor(rest / alphabet.length);
  }
  return `${body.slice(0, 4)}-${body.slice(4)}${checkCharacter(body)}`;
}

/** What somebody typed or said, as a number; nothing when it cannot be one. */
export function readCaseNumber(typed: string): string | undefined {
  const bare = typed.toUpperCase().replace(/[\s\-–—－]/g, "");
  if (bare.length !== 8 || [...bare].some((character) => !alphabet.includes(character))) return undefined;
  if (checkCharacter(bare.slice(0, 7)) !== bare[7]) return undefined;
  return `${bare.slice(0, 4)}-${bare.slice(4)}`;
}
