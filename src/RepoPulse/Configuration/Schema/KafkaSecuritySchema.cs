namespace RepoPulse.Configuration;

/// <summary>Every property of the Kafka client's that is about security: how it proves itself to the brokers, and they to it.</summary>
internal static class KafkaSecuritySchema
{
    public static readonly KafkaProperty Protocol = KafkaProperty.Of(
        "security.protocol", KafkaSecurityFormats.Choice("plaintext", "ssl", "sasl_plaintext", "sasl_ssl"),
        "How the brokers are talked to.", key: "Protocol", preset: "plaintext",
        emptyProblem: "is empty, which would send everything in plain text");

    public static readonly KafkaProperty Username = KafkaProperty.Of("sasl.username", "The user, for `PLAIN` and `SCRAM`.");

    public static readonly KafkaProperty Password = KafkaProperty.Secret("sasl.password", "The user's password.");

    public static IReadOnlyList<KafkaProperty> Properties { get; } =
    [
        Protocol,
        KafkaProperty.Of(
            "sasl.mechanism", KafkaSecurityFormats.Choice("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"),
            "How a user is proved, with the protocols `sasl_plaintext` and `sasl_ssl`.", preset: "GSSAPI"),
        Username,
        Password,
        KafkaProperty.Of(
            "ssl.ca.location",
            "The file or folder of the certificates that the brokers' are signed with; the system's where it is not given."),
        KafkaProperty.Of("ssl.certificate.location", "The file of this client's own certificate (PEM)."),
        KafkaProperty.Of("ssl.key.location", "The file of this client's private key (PEM)."),
        KafkaProperty.Secret("ssl.key.password", "What the private key is locked with."),
        KafkaProperty.Of(
            "ssl.endpoint.identification.algorithm", KafkaSecurityFormats.Choice("https", "none"),
            "Whether a broker's certificate must name its host.", preset: "https"),
        KafkaProperty.Of(
            "enable.ssl.certificate.verification",
            KafkaSecurityFormats.Choice("true", "false"),
            "Whether the brokers' certificates are verified.",
            preset: "true"),
        PassedOn("ssl.keystore.location"),
        SecretPassedOn("ssl.keystore.password"),
        SecretPassedOn("ssl.key.pem"),
        UnshownPassedOn("ssl.certificate.pem"),
        PassedOn("ssl.ca.pem"),
        PassedOn("ssl.ca.certificate.stores"),
        PassedOn("ssl.crl.location"),
        PassedOn("ssl.cipher.suites"),
        PassedOn("ssl.curves.list"),
        PassedOn("ssl.sigalgs.list"),
        PassedOn("ssl.providers"),
        PassedOn("ssl.engine.location"),
        UnshownPassedOn("ssl.engine.id"),
        PassedOn("https.ca.location"),
        PassedOn("https.ca.pem"),
        PassedOn("sasl.kerberos.service.name"),
        PassedOn("sasl.kerberos.principal"),
        UnshownPassedOn("sasl.kerberos.kinit.cmd"),
        PassedOn("sasl.kerberos.keytab"),
        PassedOn("sasl.kerberos.min.time.before.relogin"),
        PassedOn("sasl.oauthbearer.method"),
        UnshownPassedOn("sasl.oauthbearer.token.endpoint.url"),
        PassedOn("sasl.oauthbearer.client.id"),
        SecretPassedOn("sasl.oauthbearer.client.secret"),
        PassedOn("sasl.oauthbearer.scope"),
        UnshownPassedOn("sasl.oauthbearer.extensions"),
        SecretPassedOn("sasl.oauthbearer.config"),
        PassedOn("enable.sasl.oauthbearer.unsecure.jwt"),
        PassedOn("sasl.oauthbearer.sub.claim.name"),
        PassedOn("sasl.oauthbearer.grant.type"),
        PassedOn("sasl.oauthbearer.metadata.authentication.type"),
        PassedOn("sasl.oauthbearer.assertion.algorithm"),
        PassedOn("sasl.oauthbearer.assertion.file"),
        PassedOn("sasl.oauthbearer.assertion.private.key.file"),
        SecretPassedOn("sasl.oauthbearer.assertion.private.key.passphrase"),
        SecretPassedOn("sasl.oauthbearer.assertion.private.key.pem"),
        PassedOn("sasl.oauthbearer.assertion.jwt.template.file"),
        PassedOn("sasl.oauthbearer.assertion.claim.aud"),
        PassedOn("sasl.oauthbearer.assertion.claim.exp.seconds"),
        PassedOn("sasl.oauthbearer.assertion.claim.iss"),
        PassedOn("sasl.oauthbearer.assertion.claim.jti.include"),
        PassedOn("sasl.oauthbearer.assertion.claim.nbf.seconds"),
        PassedOn("sasl.oauthbearer.assertion.claim.sub"),
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. Properties.Select(property => property.Setting)];

    private static KafkaProperty PassedOn(string name) => KafkaProperty.Of(name, $"Passed on as `{name}`.");

    /// <summary>One whose value may hold a secret among other things.</summary>
    private static KafkaProperty UnshownPassedOn(string name) =>
        KafkaProperty.Of(name, KafkaSecurityFormats.AnyText, $"Passed on as `{name}`.", mayHoldSecret: true);

    private static KafkaProperty SecretPassedOn(string name) => KafkaProperty.Secret(name, $"Passed on as `{name}`.");
}
