import { mount } from "svelte";
import { chooseBackend } from "./lib/backend/choose";
import { Session } from "./lib/shell/session";
import Shell from "./lib/shell/Shell.svelte";
import { firstLanguage, speak } from "./lib/strings/words.svelte";
import "./lib/ui/styles/base.css";
import "./lib/ui/styles/tokens.css";

const [backend] = await Promise.all([chooseBackend(window), speak(firstLanguage())]);
const session = new Session(backend);
session.theme.apply();
const target = document.getElementById("app");
if (target) mount(Shell, { target, props: { session } });
