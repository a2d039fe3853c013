using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Revenue;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Audit;
using Signals.Local.CommandLine;
using Signals.Local.Demo;
using Signals.Local.Demo.Cast;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Local.Tests.Demo.Truth;
using Signals.Local.Tests.Storage;
using Signals.Messages.Sources;

namespace Signals.Local.Tests.Demo;

/// <summary>The tests that look at one played story; it is played for them only.</summary>
[CollectionDefinition(Name)]
public sealed class PlayedDemoTests : ICollectionFixture<PlayedDemo>
{
    public const string Name = "played demo";
}

/// <summary><c>demo --once --data DIR</c>, run once for all tests at a frozen moment, and what it left behind.</summary>
public sealed class PlayedDemo : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 3, 18, 10, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public DemoSummary Summary { get; private set; } = null!;

    public RevenueMeasures Revenue { get; private set; } = null!;

    public DemoStory Story { get; private set; } = null!;

    public ValueModel Model { get; } = DemoModel.Read();

    public string Folder => _folder.File("data");

    public IReadOnlyDictionary<string, StoryAccount> Cast { get; private set; } = null!;

    /// <summary>Every look at every account, as the story went.</summary>
    internal StoryLooks Looks { get; private set; } = null!;

    /// <summary>What colleagues answered, and whatever else was changed; oldest first.</summary>
    internal IReadOnlyList<AuditEntry> Audit { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var output = new StringWriter();
        var command = new RootCommand { DemoCommand.Create(new VirtualClock(Now), LookOn) };
        ExitCode = await command.Parse(["demo", "--once", "--data", Folder]).InvokeAsync(new InvocationConfiguration { Output = output });
        Output = output.ToString();
        Story = new DemoStory(Model, StoryClock.LastDay(Now));
        Cast = Story.Accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);

        var services = new ServiceCollection().AddLogging();
        services.AddLocalSignals(
            new LocalOptions(Folder, Model, TemplateSource.Embedded, new LocalSettings(null, null, null)),
            new VirtualClock(Now)
        );
        await using var provider = services.BuildServiceProvider();
        Summary = await DemoSummaryReader.ReadAsync(provider, TestContext.Current.CancellationToken);
        var audit = await provider.GetRequiredService<AuditLog>().ReadAsync(null, 1_000_000, TestContext.Current.CancellationToken);
        Audit = [.. audit.Entries.Reverse()];
        Revenue = (await provider.GetRequiredService<MeasurePass>().ReadRevenueAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Has what is written down written down here too.</summary>
    private void LookOn(IServiceCollection services) =>
        services.AddSingleton<IEntityStore>(provider =>
            Looks = new StoryLooks(provider.GetRequiredService<SqliteEntityStore>(), provider.GetRequiredService<TimeProvider>())
        );

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
