/**
 * Seeds that once broke a promise, with what was wrong; they run first, for ever. When the simulator itself changes, a
 * seed becomes another run: what it taught is therefore also an ordinary test of the kernel, where it was the kernel.
 */
export const keptSeeds: readonly (readonly [seed: number, was: string])[] = [
  [93, "an answer from before the server was restored was believed after it"],
  [330, "a command that waited for a newer server was expected in the place it had lost"],
  [1604, "an edit was not flagged, because a change of another kind had moved the record's version past its fields"],
  [2208, "numbers missed for a while were offered again one by one, many times over"],
  [2355, "a loss noticed in the last pull was not made good"],
  [2449, "a restored server gave up waiting for what it had forgotten, and the phone was not told"],
  [2872, "a refusal from before a restore stood against an acceptance after it"],
  [4830, "old copies of both ends of one branch: cannot be told from the truth, and is no longer tried"],
];
