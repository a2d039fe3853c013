using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Web.Doctor;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Doctor;

/// <summary>What is said of the domain that mails come from, by what its name servers answer.</summary>
public sealed class SenderDomainCheckTests
{
    private const string Domain = "nimbus.example";
    private const string Spf = "v=spf1 include:mail.example ~all";
    private const string Dmarc = "v=DMARC1; p=none";

    [Fact]
    public async Task A_domain_that_says_all_three_is_well()
    {
        var found = await LookAsync(
            (Domain, [Spf, "other=1"]),
            ($"s1._domainkey.{Domain}", ["k=rsa; p=MIG"]),
            ($"_dmarc.{Domain}", [Dmarc])
        );

        Assert.All(found, finding => Assert.Equal(DoctorVerdict.Good, finding.Verdict));
        Assert.Equal(3, found.Count);
        Assert.Contains(Spf, Said(found[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told_with_the_record_to_add()
    {
        var found = await LookAsync((Domain, []));

        Assert.Equal([DoctorVerdict.Wrong, DoctorVerdict.Hint, DoctorVerdict.Wrong], found.Select(finding => finding.Verdict));
        Assert.Contains("v=spf1 include:", Said(found[0]), StringComparison.Ordinal);
        Assert.Contains("dkim=pass", Said(found[1]), StringComparison.Ordinal);
        Assert.Contains($"_dmarc.{Domain}", Said(found[2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_SPF_records_are_an_error()
    {
        var found = await LookAsync((Domain, [Spf, "v=spf1 -all"]), ($"_dmarc.{Domain}", [Dmarc]));

        Assert.Equal(DoctorVerdict.Wrong, found[0].Verdict);
        Assert.Contains("more than one", Said(found[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_name_server_answers_nothing_is_claimed()
    {
        var finding = Assert.Single(await LookAsync());

        Assert.Equal(DoctorVerdict.Unknown, finding.Verdict);
    }

    [Fact]
    public async Task A_sender_of_this_machine_alone_has_no_domain_to_ask_about()
    {
        var model = Model with { Outreach = Model.Outreach with { From = Model.Outreach.From with { Email = "signals@localhost" } } };

        Assert.Empty(await new SenderDomainCheck(model, new Answers([])).LookAsync(TestContext.Current.CancellationToken));
    }

    private static ValueModel Model { get; } = new SignalsHost().Model;

    private static Task<IReadOnlyList<DoctorFinding>> LookAsync(params (string Name, string[] Texts)[] records) =>
        new SenderDomainCheck(Model, new Answers(records)).LookAsync(TestContext.Current.CancellationToken);

    private static string Said(DoctorFinding finding) => finding.Text.In(Language.English);

    /// <summary>Name servers that know some names of the domain, or, of none at all, do not answer.</summary>
    private sealed class Answers(IReadOnlyList<(string Name, string[] Texts)> records) : DnsText
    {
        public override Task<IReadOnlyList<string>?> ReadAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>?>(
                records.Count == 0 ? null : records.FirstOrDefault(record => record.Name == name).Texts ?? []
            );
    }
}
