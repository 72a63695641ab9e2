// MJML, then juice.
import juice from "juice";
import mjml2html from "mjml";

import { STYLE, escape, renderAll } from "./issue.mjs";

function item({ title, url, teaser }) {
  return `
    <mj-section background-color="#ffffff" padding="0 16px">
      <mj-column>
        <mj-text>
          <h2><a href="${escape(url)}">${escape(title)}</a></h2>
          <p>${escape(teaser)}</p>
          <p><a href="${escape(url)}">Read more</a></p>
        </mj-text>
      </mj-column>
    </mj-section>`;
}

function template(issue) {
  return `
    <mjml lang="en-GB">
      <mj-head>
        <mj-title>BioNews ${issue.number}</mj-title>
        <mj-attributes><mj-all font-family="Helvetica, Arial, sans-serif" /></mj-attributes>
        <mj-style>${STYLE}</mj-style>
      </mj-head>
      <mj-body width="640px" background-color="#f4f4f4">
        <mj-section padding="16px">
          <mj-column>
            <mj-text><h1>BioNews ${issue.number}</h1><p class="small">${issue.date}</p></mj-text>
          </mj-column>
        </mj-section>
        ${issue.items.map(item).join("")}
      </mj-body>
    </mjml>`;
}

await renderAll(async (issue) => {
  const { html } = await mjml2html(template(issue));
  return juice(html);
});
