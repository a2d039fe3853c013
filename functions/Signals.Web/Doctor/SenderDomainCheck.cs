using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Doctor;

/// <summary>
/// Whether the domain that mails come from says who may send for it (SPF, RFC 7208), how mails are signed (DKIM, RFC 6376), and what
/// becomes of others (DMARC, RFC 7489): without them mailbox providers take mail for forged.
/// </summary>
internal sealed class SenderDomainCheck(ValueModel model, DnsText dns) : IDoctorCheck
{
    /// <summary>A signature names its key; the big providers' names are tried, for the record cannot be found without one.</summary>
    private static readonly string[] Selectors = ["s1", "s2", "selector1", "selector2", "google", "default", "mail", "k1", "dkim"];

    public bool AsksTheNetwork => true;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var subject = Phrase.Of("Sender's domain");
        string domain = model.Outreach.From.Email.Split('@')[^1];
        if (!domain.Contains('.', StringComparison.Ordinal))
            return [];
        var name = Phrase.Same(domain);
        if (await dns.ReadAsync(domain, cancellationToken) is not { } texts)
            return [DoctorFinding.Unknown(subject, Phrase.Of($"No name server answered, so nothing is known of {name}."))];
        return
        [
            Spf(subject, name, texts),
            await DkimAsync(subject, domain, cancellationToken),
            await DmarcAsync(subject, domain, cancellationToken),
        ];
    }

    private static DoctorFinding Spf(Phrase subject, Phrase name, IReadOnlyList<string> texts)
    {
        string[] records = [.. texts.Where(text => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase))];
        return records.Length switch
        {
            0 => DoctorFinding.Wrong(
                subject,
                Phrase.Of(
                    $"{name} has no SPF record: add a TXT record \"v=spf1 include:YOUR-PROVIDER ~all\" that names who sends your mail."
                )
            ),
            1 => DoctorFinding.Good(
                subject,
                Phrase.Of($"SPF of {name}: {Phrase.Same(records[0])}. It must include whoever sends your mail.")
            ),
            _ => DoctorFinding.Wrong(subject, Phrase.Of($"{name} has more than one SPF record, which is an error: join them into one.")),
        };
    }

    private async Task<DoctorFinding> DkimAsync(Phrase subject, string domain, CancellationToken cancellationToken)
    {
        foreach (string selector in Selectors)
        {
            var texts = await dns.ReadAsync($"{selector}._domainkey.{domain}", cancellationToken);
            if (texts?.Any(text => text.Contains("p=", StringComparison.Ordinal)) == true)
                return DoctorFinding.Good(
                    subject,
                    Phrase.Of(
                        $"DKIM: {Phrase.Same(domain)} has a key named {Phrase.Same(selector)}. A test mail's header says "
                            + $"whether mails are signed."
                    )
                );
        }
        return DoctorFinding.Hint(
            subject,
            Phrase.Of(
                $"DKIM: {Phrase.Same(domain)} has no key under the usual names; yours may have another. Send a test mail and "
                    + $"look for \"dkim=pass\" in its header."
            )
        );
    }

    private async Task<DoctorFinding> DmarcAsync(Phrase subject, string domain, CancellationToken cancellationToken)
    {
        string? record = (await dns.ReadAsync("_dmarc." + domain, cancellationToken))?.FirstOrDefault(text =>
            text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)
        );
        return record is null
            ? DoctorFinding.Wrong(
                subject,
                Phrase.Of(
                    $"{Phrase.Same(domain)} has no DMARC record: add a TXT record at {Phrase.Same("_dmarc." + domain)}, "
                        + $"\"v=DMARC1; p=none; rua=mailto:YOU\" to begin with. Large mailbox providers want one."
                )
            )
            : DoctorFinding.Good(subject, Phrase.Of($"DMARC of {Phrase.Same(domain)}: {Phrase.Same(record)}."));
    }
}
