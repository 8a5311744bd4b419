import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import {
  childCode,
  fullCode,
  isWithin,
  levelOfCode,
  parentOfCode,
  pathOfCode,
  prefixOfCode,
} from "@linge/domain/territory/code.ts";
import { areaId } from "@linge/domain/territory/identity.ts";

describe("a code says where it stands", () => {
  it.each([
    ["330900000000", "city", null, "3309"],
    ["330902000000", "county", "330900000000", "330902"],
    ["330902002000", "township", "330902000000", "330902002"],
    ["330902002001", "community", "330902002000", "330902002001"],
    ["330902002001004", "grid", "330902002001", "330902002001004"],
    ["330902002001004002", "microGrid", "330902002001004", "330902002001004002"],
  ])("%s is a %s under %s", (code, level, parent, prefix) => {
    expect(levelOfCode(code)).toBe(level);
    expect(parentOfCode(code)).toBe(parent);
    expect(prefixOfCode(code)).toBe(prefix);
  });

  it("puts a township without a county directly under its city", () => {
    expect(parentOfCode("441900003000")).toBe("441900000000");
  });

  it.each([
    "",
    "3309",
    "33090200200A",
    "330902000001",
    "330902002001000",
    "000000000000",
    "330902002000001",
    "330000000000",
  ])("refuses %j", (code) => expect(levelOfCode(code)).toBeUndefined());

  it("walks from the city to the micro-grid", () => {
    expect(pathOfCode("330902002001004002")).toEqual([
      "330900000000",
      "330902000000",
      "330902002000",
      "330902002001",
      "330902002001004",
      "330902002001004002",
    ]);
  });

  it("knows what is within what", () => {
    expect(isWithin("330902002001004", "330902000000")).toBe(true);
    expect(isWithin("330903001001004", "330902000000")).toBe(false);
    expect(fullCode("330902")).toBe("330902000000");
    expect(childCode("330902002001", 7)).toBe("330902002001007");
    expect(() => childCode("330902002001", 1000)).toThrow(RangeError);
  });
});

describe("an id", () => {
  it("is the UUID version 5 that any other program computes", () => {
    const namespace = Buffer.from("6c696e6765005465827269746f727900", "hex");
    for (const [code, day] of [
      ["330902002001", "2026-01-01"],
      ["330902002001004002", "2031-12-31"],
    ] as const) {
      const digest = createHash("sha1").update(namespace).update(`area/${code}@${day}`).digest().subarray(0, 16);
      digest[6] = (digest[6]! & 0x0f) | 0x50;
      digest[8] = (digest[8]! & 0x3f) | 0x80;
      expect(areaId(code, day).replaceAll("-", "")).toBe(digest.toString("hex"));
    }
  });
});
