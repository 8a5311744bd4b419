import { ScanInputError, type ScanInput } from "./input.ts";
import { accumulate, offsetOf, type Layout } from "./layout.ts";
import type { Counts } from "./counts.ts";
import { populationByDay, weekdayOf, type Measure } from "./measure.ts";
import type { Random } from "./random.ts";
import type { Sites } from "./sites.ts";

/** How a data set without clusters is drawn: cards from a deck without replacement, or cells by their chance. */
export type NullModel = Deck | Chances;

/** Each card names where its case is counted; a hand takes cards of one pile and counts them `offset` further. */
type Deck = {
  readonly kind: "deck";
  readonly cards: Int32Array;
  /** The cards of pile `p` are `piles[p]` to `piles[p + 1]`. */
  readonly piles: Int32Array;
  readonly hands: { readonly pile: Int32Array; readonly offset: Int32Array; readonly cards: Int32Array };
};

/** Walker's alias table: cell `i`, or else `other[i]`; the last cell stands for everything outside the windows. */
type Chances = {
  readonly kind: "chances";
  readonly draws: number;
  readonly cell: Int32Array;
  readonly keep: Float64Array;
  readonly other: Int32Array;
};

const MOST_CARDS = 50_000_000;
const MOST_PERMUTED = 200_000_000;

/** Permutation: places are cards, one for each case; each day of a window is dealt as many as it has cases. */
export function permutationNull(counts: Counts, layout: Layout, weekday: boolean): Deck {
  if (counts.total > MOST_PERMUTED)
    throw new ScanInputError("the space-time permutation takes at most 200,000,000 cases; use poisson");
  const pileOf = (day: number) => (weekday ? weekdayOf(day + counts.firstDay) : 0);
  const piles = new Int32Array((weekday ? 7 : 1) + 1);
  const perDay = new Int32Array(counts.days);
  counts.day.forEach((day, i) => {
    piles[pileOf(day) + 1]! += counts.count[i]!;
    perDay[day]! += counts.count[i]!;
  });
  for (let pile = 1; pile < piles.length; pile++) piles[pile]! += piles[pile - 1]!;
  const cards = new Int32Array(counts.total);
  const next = piles.slice();
  for (let i = 0; i < counts.site.length; i++) {
    const pile = pileOf(counts.day[i]!);
    cards.fill(counts.site[i]! * layout.width, next[pile]!, next[pile]! + counts.count[i]!);
    next[pile]! += counts.count[i]!;
  }
  const dealt: number[] = [];
  for (let day = counts.days - 1; day >= 0; day--) if (perDay[day]! > 0 && offsetOf(layout, day) >= 0) dealt.push(day);
  return {
    kind: "deck",
    cards,
    piles,
    hands: {
      pile: Int32Array.from(dealt, pileOf),
      offset: Int32Array.from(dealt, (day) => offsetOf(layout, day)),
      cards: Int32Array.from(dealt, (day) => perDay[day]!),
    },
  };
}

/** Bernoulli: one card for each case or control; as many are dealt as there are cases. */
export function bernoulliNull(input: ScanInput, sites: Sites, counts: Counts, layout: Layout, measure: Measure): Deck {
  if (measure.everyone > MOST_CARDS)
    throw new ScanInputError("the bernoulli model takes at most 50,000,000 cases and controls; use poisson");
  const cards = new Int32Array(measure.everyone);
  let next = 0;
  const put = (site: number, offset: number, number: number) => {
    cards.fill(offset < 0 ? -1 : site * layout.width + offset, next, next + number);
    next += number;
  };
  if (measure.factor) measure.weight.forEach((number, site) => put(site, 0, number));
  else
    populationByDay(input.population!, sites, counts.days).forEach((number, i) =>
      put(Math.floor(i / counts.days), offsetOf(layout, i % counts.days), number),
    );
  return {
    kind: "deck",
    cards,
    piles: Int32Array.of(0, cards.length),
    hands: { pile: Int32Array.of(0), offset: Int32Array.of(0), cards: Int32Array.of(counts.total) },
  };
}

/** Poisson, given the total: each case falls on a site and day by their share of the population. */
export function poissonNull(input: ScanInput, sites: Sites, counts: Counts, layout: Layout, measure: Measure): Chances {
  const siteCount = sites.placesOf.length;
  const weights = new Float64Array(siteCount * layout.width + 1);
  const outside = weights.length - 1;
  const byDay = measure.factor ? undefined : populationByDay(input.population!, sites, counts.days);
  for (let day = 0; day < counts.days; day++) {
    const offset = offsetOf(layout, day);
    for (let site = 0; site < siteCount; site++)
      weights[offset < 0 ? outside : site * layout.width + offset]! += byDay
        ? byDay[site * counts.days + day]!
        : measure.weight[site]!;
  }
  return aliasTable(weights, outside, counts.total);
}

/** Vose's construction of Walker's alias table. */
function aliasTable(weights: Float64Array, outside: number, draws: number): Chances {
  const cell = Int32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const sum = weights.reduce((a, b) => a + b, 0);
  const keep = Float64Array.from(cell, (i) => (weights[i]! * cell.length) / sum);
  const other = Int32Array.from(cell.keys());
  const small: number[] = [];
  const large: number[] = [];
  keep.forEach((chance, i) => (chance < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const [less, more] = [small.pop()!, large.at(-1)!];
    other[less] = more;
    keep[more]! -= 1 - keep[less]!;
    if (keep[more]! < 1) small.push(large.pop()!);
  }
  // What rounding left over keeps its own cell.
  for (const i of [...small, ...large]) keep[i] = 1;
  return {
    kind: "chances",
    draws,
    cell: cell.map((i) => (i === outside ? -1 : i)),
    keep,
    other,
  };
}

/** Fills rows with a data set drawn under the null. */
export type Drawer = (rows: Int32Array, random: Random) => void;

export function drawer(model: NullModel, layout: Layout): Drawer {
  const draw = model.kind === "chances" ? thrower(model) : mostStay(model) ? picker(model) : dealer(model);
  return (rows, random) => {
    rows.fill(0);
    draw(rows, random);
    accumulate(layout, rows);
  };
}

/** Whether hands take so few cards of each pile that one taken twice is rare. */
function mostStay({ piles, hands }: Deck): boolean {
  const dealt = new Float64Array(piles.length - 1);
  hands.cards.forEach((cards, hand) => (dealt[hands.pile[hand]!]! += cards));
  return dealt.every((cards, pile) => cards <= 0.4 * (piles[pile + 1]! - piles[pile]!));
}

/**
 * Cards are picked from an untouched deck, again where one was taken before: a bit for each card remembers. The deck
 * lies in runs of equal cards, and a guide tells for each few cards in which run they begin: all of it stays in cache.
 */
function picker({ cards, piles, hands }: Deck): Drawer {
  const { starts, values, guide } = runsOf(cards);
  const taken = new Int32Array(Math.ceil(cards.length / 32));
  const picks = new Int32Array(hands.cards.reduce((a, b) => a + b, 0));
  return (rows, random) => {
    let dealt = 0;
    for (let hand = 0; hand < hands.cards.length; hand++) {
      const first = piles[hands.pile[hand]!]!;
      const size = piles[hands.pile[hand]! + 1]! - first;
      const offset = hands.offset[hand]!;
      const end = dealt + hands.cards[hand]!;
      while (dealt < end) {
        const pick = first + random(size);
        const bit = 1 << (pick & 31);
        const word = taken[pick >> 5]!;
        if ((word & bit) !== 0) continue;
        taken[pick >> 5] = word | bit;
        picks[dealt++] = pick;
        let run = guide[pick >> GUIDE]!;
        while (starts[run + 1]! <= pick) run++;
        const card = values[run]!;
        if (card >= 0) rows[card + offset]!++;
      }
    }
    for (let i = 0; i < dealt; i++) taken[picks[i]! >> 5] = 0;
  };
}

/** One entry of the guide stands for 2^4 cards. */
const GUIDE = 4;

/** Runs of equal cards: where each starts (and one more, where the last ends), its card, and the guide to them. */
function runsOf(cards: Int32Array): { starts: Int32Array; values: Int32Array; guide: Int32Array } {
  let runs = 0;
  for (let i = 0; i < cards.length; i++) if (i === 0 || cards[i] !== cards[i - 1]) runs++;
  const starts = new Int32Array(runs + 1);
  const values = new Int32Array(runs);
  const guide = new Int32Array((cards.length >> GUIDE) + 1);
  let run = -1;
  for (let i = 0; i < cards.length; i++) {
    if (i === 0 || cards[i] !== cards[i - 1]) {
      starts[++run] = i;
      values[run] = cards[i]!;
    }
    if ((i & ((1 << GUIDE) - 1)) === 0) guide[i >> GUIDE] = run;
  }
  starts[runs] = cards.length;
  return { starts, values, guide };
}

/** A partial Fisher-Yates shuffle of a fresh copy of the deck, so that a replicate depends on its number alone. */
function dealer({ cards, piles, hands }: Deck): Drawer {
  const deck = cards.slice();
  const next = new Int32Array(piles.length - 1);
  return (rows, random) => {
    deck.set(cards);
    next.set(piles.subarray(0, next.length));
    for (let hand = 0; hand < hands.cards.length; hand++) {
      const pile = hands.pile[hand]!;
      const offset = hands.offset[hand]!;
      const end = piles[pile + 1]!;
      let top = next[pile]!;
      for (let n = hands.cards[hand]!; n > 0; n--) {
        const pick = top + random(end - top);
        const card = deck[pick]!;
        deck[pick] = deck[top]!;
        top++;
        if (card >= 0) rows[card + offset]!++;
      }
      next[pile] = top;
    }
  };
}

function thrower({ draws, cell, keep, other }: Chances): Drawer {
  return (rows, random) => {
    for (let n = 0; n < draws; n++) {
      let i = random(cell.length);
      if (random(4294967296) / 4294967296 >= keep[i]!) i = other[i]!;
      const at = cell[i]!;
      if (at >= 0) rows[at]!++;
    }
  };
}
