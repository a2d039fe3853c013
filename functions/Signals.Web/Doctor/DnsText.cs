using DnsClient;
using DnsClient.Protocol;

namespace Signals.Web.Doctor;

/// <summary>Reads TXT records (RFC 1035) from the name servers that this machine uses.</summary>
internal class DnsText
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lazy<LookupClient> _client = new(static () =>
        new LookupClient(
            new LookupClientOptions
            {
                Timeout = Patience,
                Retries = 0,
                UseCache = false,
            }
        )
    );

    /// <summary>
    /// The texts of a name, each with its pieces put together; empty where it has none; null where no name server answered.
    /// </summary>
    public virtual async Task<IReadOnlyList<string>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
            return answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain
                ? null
                : [.. answer.Answers.OfType<TxtRecord>().Select(record => string.Concat(record.Text))];
        }
        catch (Exception fault) when (fault is DnsResponseException or InvalidOperationException)
        {
            return null;
        }
    }
}
