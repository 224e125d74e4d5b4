import { expect, test } from "vitest";
import { asAddress, isHere } from "./address";

test.each([
  ["http://127.0.0.1:11434/v1", true],
  ["http://127.1.2.3/v1", true],
  ["http://localhost:8080", true],
  ["http://LOCALHOST/v1", true],
  ["http://[::1]:1234/v1", true],
  ["https://api.example.com/v1", false],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["http://127.0.0.1@example.com", false],
  ["http://192.168.1.20:11434", false],
  ["http://0.0.0.0:11434", false],
])("%s is here: %s", (text, here) => {
  const url = asAddress(text);
  expect(url && isHere(url)).toBe(here);
});

test.each(["", "localhost", "127.0.0.1:11434", "file:///etc/passwd", "javascript:alert(1)", "http://"])(
  "%s is no address",
  (text) => expect(asAddress(text)).toBeNull(),
);
