// react-jsonschema-form on the same schema, as its documentation says.
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import document_ from "../../sandbox/openapi.json";

const { CreateBackup, Database } = document_.components.schemas;
const connection = { endpoint: { type: "string" }, project_id: { type: "string" }, token: { type: "string" } };
const databases = { ...CreateBackup.properties.databases, items: Database };
const schema = {
  type: "object",
  required: ["endpoint", "project_id", "token", ...CreateBackup.required],
  properties: { ...connection, ...CreateBackup.properties, databases },
};
const uiSchema = { token: { "ui:widget": "password" }, description: { "ui:widget": "textarea" } };

async function send({ formData: { endpoint, project_id, token, ...body } }) {
  await fetch(`${endpoint}/v3/${project_id}/backups`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Auth-Token": token },
    body: JSON.stringify(body),
  });
}

// `?databases=1000` begins with so many entries, to be measured with.
const count = Number(new URLSearchParams(location.search).get("databases"));
const formData = count ? { databases: Array.from({ length: count }, (_, index) => ({ name: `database${index}` })) } : undefined;
const props = { schema, uiSchema, validator, formData, onSubmit: send };
createRoot(document.getElementById("root")).render(createElement(Form, props));
