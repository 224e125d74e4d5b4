import { describe, expect, it } from "vitest";
import { checkToken, siteAddress } from "./token";

describe("siteAddress", () => {
  it.each([
    ["acme.atlassian.net", "https://acme.atlassian.net"],
    [" https://acme.atlassian.net/wiki/spaces/OPS ", "https://acme.atlassian.net"],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
    ["not an address", ""],
  ])("%j", (typed, address) => expect(siteAddress(typed)).toBe(address));
});

describe("checkToken", () => {
  it("accepts a whole form", () => {
    expect(checkToken({ site: "acme.atlassian.net", email: "mira@acme.example", token: "x" })).toEqual({
      site: null,
      email: null,
      token: null,
    });
  });

  it("names each thing that is missing", () => {
    const errors = checkToken({ site: "acme", email: "mira", token: " " });
    expect(Object.values(errors).every((error) => error !== null)).toBe(true);
  });
});
