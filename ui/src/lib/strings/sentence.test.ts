import { expect, test } from "vitest";
import { sentence } from "./sentence";

test.each([
  ["no connection to `127.0.0.1`", "No connection to “127.0.0.1”."],
  ["nothing is lost; try again after 22:47 UTC", "Nothing is lost; try again after 22:47 UTC."],
  ["Atlassian's limit of requests is reached", "Atlassian's limit of requests is reached."],
  ["https://acme.example is no site", "https://acme.example is no site."],
  ["Already a sentence.", "Already a sentence."],
  ["what now?", "What now?"],
  ["offline", "Offline."],
  ["  ", ""],
])("%s", (text, expected) => {
  expect(sentence(text)).toBe(expected);
});
