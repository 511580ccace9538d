using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>What the client's errors mean to the services.</summary>
internal static class KafkaErrors
{
    /// <summary>Whether an error stays until somebody does something: what a broker refuses it refuses again.</summary>
    public static bool IsPermanent(Error error) => error.Code is
        ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Authentication or ErrorCode.UnsupportedSaslMechanism
            or ErrorCode.IllegalSaslState or
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or
        ErrorCode.TransactionalIdAuthorizationFailed or ErrorCode.InvalidConfig or ErrorCode.PolicyViolation
            or ErrorCode.UnsupportedVersion or
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.TopicException;

    /// <summary>Whether another producer has taken the transactional id over.</summary>
    public static bool IsFenced(Error error) => error.Code is
        ErrorCode.ProducerFenced or ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch or ErrorCode.TransactionCoordinatorFenced;

    public static StorageException Wrap(KafkaOptions options, string what, Error error, Exception? inner = null) =>
        new(Say(options, $"{what} failed: {error.Reason}"), isTransient: !IsPermanent(error), inner);

    /// <summary>That something does not go on for now.</summary>
    public static StorageException Wait(KafkaOptions options, string problem) => new(Say(options, problem), isTransient: true);

    /// <summary>A problem, and whose it is.</summary>
    public static string Say(KafkaOptions options, string problem) => $"Kafka at {string.Join(',', options.BootstrapServers)}: {problem}";

    public static StorageException Wrap(KafkaOptions options, string what, KafkaException e) => Wrap(options, what, e.Error, e);
}
