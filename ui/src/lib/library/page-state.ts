import type { PageFilter } from "../bindings";

export type PageState = NonNullable<PageFilter["state"]>;
