/** Words of a name in any of our spellings: `residentRiskScore`, `resident_risk_score`, `/resident-risk/score`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter(Boolean)
    .map((word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word));
}

/** Whether a name holds one of these: a word, or words that all stand in it. */
export function holds(name: string, forbidden: readonly (string | readonly string[])[]): boolean {
  const words = new Set(wordsOf(name));
  return forbidden.some((each) => [each].flat().every((word) => words.has(word)));
}
