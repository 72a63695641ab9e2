// What every peer in JavaScript does around its own renderer: read issues from a JSON file, render each, write it into
// a folder. It prints the milliseconds of processor time of a render once the program is warm: the median of the
// second half.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const STYLE = `
  body { background-color: #f4f4f4; }
  h1 { margin: 0; font: bold 38px/1.1 Georgia, serif; color: #1d3c34; }
  h2 { margin: 24px 0 4px; font: bold 22px/1.3 Georgia, serif; }
  h2 a { color: #1d3c34; text-decoration: none; }
  p { margin: 0 0 8px; font: 17px/1.55 Helvetica, Arial, sans-serif; color: #222222; }
  p a { color: #00609c; }
  .small { font-size: 14px; color: #666666; }
  @media (max-width: 480px) { h1 { font-size: 30px !important; } }
`;

export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

// Return an issue as Markdown, for peers that read nothing else.
export function asMarkdown(issue) {
  const items = issue.items.map(
    ({ title, url, teaser }) => `## [${title}](${url})\n\n${teaser}\n\n[Read more](${url})\n`,
  );
  return `# BioNews ${issue.number}\n\n${issue.date}\n\n${items.join("\n")}`;
}

export async function renderAll(render) {
  const [source, folder] = process.argv.slice(2);
  const issues = JSON.parse(readFileSync(source, "utf-8"));
  const times = [];
  for (const issue of issues) {
    const before = process.cpuUsage();
    const html = await render(issue);
    const used = process.cpuUsage(before);
    times.push((used.user + used.system) / 1000);
    writeFileSync(join(folder, `${issue.number}.html`), html);
  }

  const warm = times.slice(Math.floor(times.length / 2)).sort((a, b) => a - b);
  console.log(warm[Math.floor(warm.length / 2)]);
}
