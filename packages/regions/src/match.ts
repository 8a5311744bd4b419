/**
 * The pairing of rows with columns of the largest total gain (Hungarian method with potentials, Kuhn 1955, Munkres 1957).
 * @param gain rows × columns, row by row, with rows ≤ columns
 * @returns the column of every row
 */
export function bestPairs(gain: Float64Array, rows: number, columns: number): Int32Array {
  const ofRow = new Float64Array(rows + 1);
  const ofColumn = new Float64Array(columns + 1);
  const rowAt = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowAt[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const used = new Uint8Array(columns + 1);
    do {
      used[column] = 1;
      const current = rowAt[column]!;
      let [delta, next] = [Infinity, 0];
      for (let each = 1; each <= columns; each++) {
        if (used[each]) continue;
        const slack = -gain[(current - 1) * columns + each - 1]! - ofRow[current]! - ofColumn[each]!;
        if (slack < least[each]!) {
          least[each] = slack;
          before[each] = column;
        }
        if (least[each]! < delta) [delta, next] = [least[each]!, each];
      }
      for (let each = 0; each <= columns; each++) {
        if (used[each]) {
          ofRow[rowAt[each]!]! += delta;
          ofColumn[each]! -= delta;
        } else least[each]! -= delta;
      }
      column = next;
    } while (rowAt[column] !== 0);
    while (column !== 0) {
      rowAt[column] = rowAt[before[column]!]!;
      column = before[column]!;
    }
  }
  const columnOf = new Int32Array(rows);
  for (let each = 1; each <= columns; each++) if (rowAt[each]! > 0) columnOf[rowAt[each]! - 1] = each - 1;
  return columnOf;
}
