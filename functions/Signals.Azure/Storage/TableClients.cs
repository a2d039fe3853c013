using Azure.Core;
using Azure.Data.Tables;
using Signals.Azure.Settings;

namespace Signals.Azure.Storage;

internal static class TableClients
{
    private const int MaxRetries = 3;

    /// <summary>
    /// Longer than the 30 seconds that the service gives itself, so that a slow write is answered rather than left unknown.
    /// </summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    public static TableServiceClient Create(ServiceAccess access, TableClientOptions? options = null, TimeSpan? firstDelay = null)
    {
        options ??= new TableClientOptions();
        options.Retry.NetworkTimeout = AnswerWait;
        options.RetryPolicy = new WriteOnceRetryPolicy(
            MaxRetries,
            DelayStrategy.CreateExponentialDelayStrategy(firstDelay ?? FirstDelay, LongestDelay)
        );
        return access.ConnectionString is { } connection
            ? new TableServiceClient(connection, options)
            : new TableServiceClient(new Uri(access.Address!), access.Credential(), options);
    }
}
