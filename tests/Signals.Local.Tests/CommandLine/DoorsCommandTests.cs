using Signals.Core.Platform.Time;
using Signals.Local.CommandLine;
using Signals.Testing;

namespace Signals.Local.Tests.CommandLine;

public sealed class DoorsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-doors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Trying_a_post_tells_what_it_becomes_and_whose_that_is()
    {
        var (code, output) = await RunAsync("try", "pay", "--payload", Payload("stripe/invoice-with-metadata"));

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(
            """
            1. invoice.payment_failed: becomes 2 events
               group: this id is that account's, account acme, of door:pay:cus_other, at 2026-03-02T09:00:00Z
               track "Payment Failed", account acme, of door:pay:cus_other, at 2026-03-02T09:00:00Z: {"amount":1200}

            """.ReplaceLineEndings(Environment.NewLine),
            output
        );
    }

    [Fact]
    public async Task A_post_that_cannot_be_understood_says_why_and_ends_with_1()
    {
        var (code, output) = await RunAsync("try", "pay", "--payload", Payload("stripe/nobody"));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith("1. invoice.payment_failed: quarantined", output, StringComparison.Ordinal);
        Assert.Contains("whose it is: found nobody, expected an id or an address (account at $.data", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doors_are_listed_with_their_address()
    {
        var (code, output) = await RunAsync("list");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.StartsWith("/v1/in/pay\tstripe\tcustomer.created, customer.updated", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "stripe/nobody", "door: found 'other', expected one of pay")]
    [InlineData("pay", "none", "--payload: found no file")]
    public async Task What_is_not_there_is_named(string door, string payload, string fault)
    {
        var thrown = await Assert.ThrowsAsync<UsageException>(() => RunAsync("try", door, "--payload", Payload(payload)));

        Assert.StartsWith(fault, thrown.Message, StringComparison.Ordinal);
    }

    private static string Payload(string name) =>
        Path.Combine(Repository.Root, "tests", "Signals.Web.Tests", "Doors", "Payloads", name + ".json");

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        string model = Path.Combine(_folder, "model.json");
        await File.WriteAllTextAsync(
            model,
            """
            { "product": "Nimbus", "accounts": "group", "value": { "unit": "minutes", "from": [{ "event": "Shared", "amount": 1 }] },
              "doors": [{ "id": "pay", "from": "stripe" }] }
            """,
            TestContext.Current.CancellationToken
        );
        var clock = new VirtualClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        return await DoorsCommand.Create(clock).RunAsync([.. args, "--model", model]);
    }
}
