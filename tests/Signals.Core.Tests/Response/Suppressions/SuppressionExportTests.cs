using System.Text;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Suppressions;

public sealed class SuppressionExportTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople.WithSetUp();

    [Fact]
    public async Task Everybody_who_wants_no_mail_is_written_with_the_address_where_a_mail_tells_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail("ann@customer.example").Tracks("Import Failed").Times(2).On(0);
        world.Given("bob").HasEmail("bob@customer.example").Tracks("Import Failed").Times(2).On(0);
        await world.AdvanceToAsync(day: 2);
        var recipients = world.Get<Recipients>();
        await UnsubscribeAsync(world, "ann", null, "one-click");
        await UnsubscribeAsync(world, "bob", CauseIds.OnboardingStalled, "page");
        await world
            .Get<SuppressionImport>()
            .RunAsync(
                File("email,created,reason\ncid@customer.example,1443651125,\"=1+1, \"\"gone\"\"\"\n"),
                fault => Assert.Fail(fault.ToString()),
                TestContext.Current.CancellationToken
            );

        var lines = await ExportAsync(world);

        Assert.Equal("email,created,reason,topic,recipient", lines[0]);
        Assert.Equal(
            new[]
            {
                $"ann@customer.example,{world.At(2, 0):yyyy-MM-ddTHH:mm:ssZ},one-click,all,{world.RecipientKey.Of("ann@customer.example")}",
                $"bob@customer.example,{world.At(2, 0):yyyy-MM-ddTHH:mm:ssZ},page,onboarding-stalled,{world.RecipientKey.Of("bob@customer.example")}",
                $",2015-09-30T22:12:05Z,\"'=1+1, \"\"gone\"\"\",all,{world.RecipientKey.Of("cid@customer.example")}",
            }.Order(StringComparer.Ordinal),
            lines[1..].Order(StringComparer.Ordinal)
        );
        Assert.True(
            (await recipients.GetAsync(world.RecipientKey.Of("cid@customer.example"), TestContext.Current.CancellationToken)).IsSuppressed(
                "friction"
            )
        );
    }

    [Fact]
    public async Task Nothing_that_is_exported_is_taken_for_a_formula_and_all_of_it_can_be_imported()
    {
        var (from, to) = (await SignalsWorld.WithAsync(Model), await SignalsWorld.WithAsync(Model));
        from.Given("ann").HasEmail("+ann@customer.example").Tracks("Import Failed").Times(2).On(0);
        await from.AdvanceToAsync(day: 2);
        await UnsubscribeAsync(from, "ann", null, "one-click");
        await from.Get<SuppressionImport>()
            .RunAsync(
                File("email,reason\ncid@customer.example,＝1+1\n"),
                fault => Assert.Fail(fault.ToString()),
                TestContext.Current.CancellationToken
            );

        var lines = await ExportAsync(from);
        var done = await to.Get<SuppressionImport>()
            .RunAsync(File(string.Join("\r\n", lines)), fault => Assert.Fail(fault.ToString()), TestContext.Current.CancellationToken);

        Assert.Contains(lines, line => line.StartsWith("'+ann@customer.example,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(",'＝1+1,", StringComparison.Ordinal));
        Assert.Equal(new SuppressionsImported(2, 2, 0, 0), done);
        var ann = await to.Get<Recipients>().GetAsync(to.RecipientKey.Of("+ann@customer.example"), TestContext.Current.CancellationToken);
        Assert.True(ann.IsSuppressed("friction"));
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_where_the_key_is_the_same()
    {
        var (from, to) = (await SignalsWorld.WithAsync(Model), await SignalsWorld.WithAsync(Model));
        var people = Enumerable.Range(0, 700).Select(i => $"person{i}@customer.example,,reason {i},{(i % 3 == 0 ? "friction" : "")}");
        await from.Get<SuppressionImport>()
            .RunAsync(
                File("email,created,reason,topic\n" + string.Join('\n', people)),
                fault => Assert.Fail(fault.ToString()),
                TestContext.Current.CancellationToken
            );
        var exported = await ExportAsync(from);

        var done = await to.Get<SuppressionImport>()
            .RunAsync(File(string.Join('\n', exported)), fault => Assert.Fail(fault.ToString()), TestContext.Current.CancellationToken);

        Assert.Equal(new SuppressionsImported(700, 700, 0, 0), done);
        Assert.Equal(exported, await ExportAsync(to));
    }

    private static MemoryStream File(string csv) => new(Encoding.UTF8.GetBytes(csv));

    private static async Task UnsubscribeAsync(SignalsWorld world, string person, string? topic, string how)
    {
        var sent = Assert.Single(await world.MessagesAsync(person), record => record.State == OutreachState.Sent);
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(
                world.RecipientKey.Of(sent.To),
                topic,
                $"{how}:{sent.Id}",
                world.At(2, 0),
                TestContext.Current.CancellationToken
            );
    }

    private static async Task<List<string>> ExportAsync(SignalsWorld world)
    {
        using var csv = new StringWriter();
        int count = await world.Get<SuppressionExport>().WriteAsync(csv, TestContext.Current.CancellationToken);
        var lines = csv.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).ToList();
        Assert.Equal(count, lines.Count - 1);
        return lines;
    }
}
