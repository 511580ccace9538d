// Everything comes from this server: no fonts from elsewhere, no proxy, nothing sent to anybody.
Scalar.createApiReference("#reference", {
  url: "/openapi/v1.json",
  theme: "default",
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
});
