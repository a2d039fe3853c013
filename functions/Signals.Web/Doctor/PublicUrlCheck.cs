using System.Net;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Mail;

namespace Signals.Web.Doctor;

/// <summary>Whether the address that stands in mails leads to this app's unsubscribe page, seen from here.</summary>
internal sealed class PublicUrlCheck(PublicAddress address) : IDoctorCheck, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Patience,
    };

    public bool AsksTheNetwork => true;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var subject = Phrase.Of("Public address");
        var url = Phrase.Same(address.Url);
        if (!Uri.TryCreate(address.Url, UriKind.Absolute, out var parsed))
            return [DoctorFinding.Wrong(subject, Phrase.Of($"{url} is no address."))];
        if (parsed.IsLoopback)
            return
            [
                DoctorFinding.Hint(
                    subject,
                    Phrase.Of(
                        $"Links in mails lead to {url}, which is this machine alone. Set outreach.publicUrl to the address "
                            + $"that customers reach."
                    )
                ),
            ];
        try
        {
            // A link of nobody: the app answers it with its own page, and nothing happens.
            using var response = await _client.GetAsync(address.Url + "/u/doctor", cancellationToken);
            bool isOurs = response.StatusCode == HttpStatusCode.NotFound && response.Headers.Contains("Referrer-Policy");
            if (!isOurs)
                return
                [
                    DoctorFinding.Wrong(
                        subject,
                        Phrase.Of(
                            $"{url} answers, but not with this app's unsubscribe page ({(int)response.StatusCode}): look at "
                                + $"the proxy's paths."
                        )
                    ),
                ];
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return
            [
                DoctorFinding.Wrong(
                    subject,
                    Phrase.Of(
                        $"{url} was not reached from here ({Phrase.Same(fault.Message)}). Unsubscribe links lead there: while "
                            + $"it is away nobody can leave."
                    )
                ),
            ];
        }
        return parsed.Scheme == Uri.UriSchemeHttps
            ?
            [
                DoctorFinding.Good(
                    subject,
                    Phrase.Of($"Unsubscribe links lead to {url}, which answers with this app's page, seen from here.")
                ),
            ]
            :
            [
                DoctorFinding.Hint(
                    subject,
                    Phrase.Of($"{url} answers, without TLS: mailbox providers want https for one-click unsubscribing.")
                ),
            ];
    }

    public void Dispose() => _client.Dispose();
}
