export type Suggestion = { id: string; share: number };

/** A naive Bayes model over character pairs and triples: small, exact to retrain, and quick enough for every keystroke. */
export type SuggestionModel = {
  ids: string[];
  prior: Float64Array;
  weights: Map<string, Float64Array>;
  unseen: Float64Array;
};

const smoothing = 0.3;

function grams(text: string): string[] {
  const bare = text.toLowerCase().replace(/[\s\p{P}\d]+/gu, "");
  const found: string[] = [];
  for (let i = 0; i < bare.length; i += 1)
    for (const size of [2, 3]) if (i + size <= bare.length) found.push(bare.slice(i, i + size));
  return found;
}

/** Learns from texts whose category is known. @param examples at least one; ids in any order */
export function train(examples: readonly { text: string; id: string }[]): SuggestionModel {
  const ids = [...new Set(examples.map((example) => example.id))].sort();
  const index = new Map(ids.map((id, i) => [id, i]));
  const counts = new Map<string, Float64Array>();
  const totals = new Float64Array(ids.length);
  const prior = new Float64Array(ids.length);
  for (const { text, id } of examples) {
    const at = index.get(id)!;
    prior[at]! += 1;
    for (const gram of grams(text)) {
      let row = counts.get(gram);
      if (!row) counts.set(gram, (row = new Float64Array(ids.length)));
      row[at]! += 1;
      totals[at]! += 1;
    }
  }
  const size = counts.size;
  const unseen = totals.map((total) => Math.log(smoothing / (total + smoothing * size)));
  for (const row of counts.values())
    for (let i = 0; i < row.length; i += 1) row[i] = Math.log((row[i]! + smoothing) / (totals[i]! + smoothing * size));
  const logPrior = prior.map((count) => Math.log((count + 1) / (examples.length + ids.length)));
  return { ids, prior: logPrior, weights: counts, unseen };
}

/** The three likeliest categories with their shares (0 to 1), and whether the first is sure enough to be taken alone. */
export function suggest(model: SuggestionModel, text: string): { categories: Suggestion[]; sure: boolean } {
  const known = grams(text).filter((gram) => model.weights.has(gram));
  if (known.length === 0) return { categories: [], sure: false };
  const scores = Float64Array.from(model.prior);
  for (const gram of known) {
    const row = model.weights.get(gram)!;
    for (let i = 0; i < scores.length; i += 1) scores[i]! += row[i]!;
  }
  const best = Math.max(...scores);
  const shares = scores.map((score) => Math.exp((score - best) / Math.sqrt(known.length)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const ranked = model.ids.map((id, i) => ({ id, share: shares[i]! / total })).sort((a, b) => b.share - a.share);
  return { categories: ranked.slice(0, 3), sure: ranked[0]!.share > 0.8 && known.length >= 4 };
}
