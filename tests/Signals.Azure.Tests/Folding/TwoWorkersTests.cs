using Microsoft.Extensions.DependencyInjection;
using Signals.Azure.Settings;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Azure.Tests.Folding;

/// <summary>
/// Two processes' worth of clients and caches over the same tables, each fed part of the deliveries and some of the other's again.
/// </summary>
public sealed class TwoWorkersTests(Azurite azurite)
{
    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Two_workers_that_fold_into_the_same_accounts_at_once_lose_nothing_and_fold_nothing_twice(AccountsMode mode)
    {
        var events = MovingPeople.Events(people: 20, groups: 3);
        var messages = events.Chunk(15).Select((part, i) => FoldApp.Message($"m{i}", part)).ToList();
        var memory = new InMemoryEntityStore();
        var expected = new FoldApp(memory, FoldModel.Of(mode));
        await expected.FoldAsync(messages);

        string prefix = $"T{Guid.NewGuid():N}";
        await using var first = await ProviderAsync();
        await using var second = await ProviderAsync();
        var contended = new ContentionCounter();
        // Each gets two thirds of the messages: a third is delivered to both.
        var workers = new[] { (first, 0), (second, 1) }.Select(worker =>
            Task.Run(
                () =>
                    WorkAsync(
                        new FoldApp(
                            new TablesOfOneTest(worker.Item1.GetRequiredService<IEntityStore>(), prefix, contended),
                            FoldModel.Of(mode)
                        ),
                        [.. messages.Where((_, i) => i % 3 != worker.Item2)]
                    ),
                TestContext.Current.CancellationToken
            )
        );
        await Task.WhenAll(workers);

        await using var third = await ProviderAsync();
        var app = new FoldApp(new TablesOfOneTest(third.GetRequiredService<IEntityStore>(), prefix, contended), FoldModel.Of(mode));
        var rows = memory.All(AccountRows.Table);
        string state = await StateText.OfAsync(expected, rows),
            found = await StateText.OfAsync(app, rows);
        Assert.True(state == found, StateText.Difference(state, found));
        Assert.Equal(new PipelineTotals(events.Length, 0, 0), await app.TotalsAsync());
        Assert.True(contended.Refused > 0, "The workers never met: no conditional write was refused.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{contended.Commits} commits, {contended.Refused} refused and tried again");
    }

    /// <summary>Delivers as the queue would: what is given back comes again.</summary>
    private static async Task WorkAsync(FoldApp app, List<QueueMessage> messages)
    {
        for (int start = 0; start < messages.Count; start += 4)
        {
            var rest = messages.GetRange(start, Math.Min(4, messages.Count - start));
            while (rest.Count > 0)
            {
                var settlements = await app.DeliverAsync(rest);
                Assert.DoesNotContain(settlements, settlement => settlement is Settlement.DeadLetter);
                rest = [.. rest.Where((_, i) => settlements[i] != Settlement.Done)];
            }
        }
    }

    private async Task<ServiceProvider> ProviderAsync()
    {
        var settings = new AzureSettings(
            new ServiceAccess(await azurite.ConnectionAsync()),
            new ServiceAccess("Endpoint=sb://unused.servicebus.windows.net/;SharedAccessKeyName=none;SharedAccessKey=bm9uZQ==")
        );
        return new ServiceCollection().AddLogging().AddSignalsAzure(settings).BuildServiceProvider();
    }
}
