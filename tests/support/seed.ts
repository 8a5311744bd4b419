import fc from "fast-check";

/**
 * Property tests draw the same examples at every run, so that a change is judged by what it changes. `LINGE_SEED=random` draws new
 * ones, `LINGE_SEED=<number>` repeats a run; a seed that fails becomes an example of its test.
 */
const said = process.env.LINGE_SEED;
if (said !== "random") fc.configureGlobal({ seed: said ? Number(said) : 20_261_126 });
