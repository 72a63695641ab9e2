// emailmd: Markdown through MJML.
import { render } from "emailmd";

import { asMarkdown, renderAll } from "./issue.mjs";

await renderAll(async (issue) => (await render(asMarkdown(issue))).html);
