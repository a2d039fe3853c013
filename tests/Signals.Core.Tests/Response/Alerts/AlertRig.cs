using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Alerts;

/// <summary>
/// One account whose reviews find what a test says, and everything that follows from an alert: the book, the keeper, wake-ups, queue and
/// mail.
/// The clock begins on Monday, 3 March 2025, 10:00 UTC.
/// </summary>
internal sealed class AlertRig
{
    public const string Csm = "zoe@nimbus.example";
    public const string Boss = "boss@nimbus.example";

    public static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Alerts = new AlertSettings { To = [Boss], Timing = AlertTiming.AtOnce },
        Churn = new ChurnDefinition { Events = ["Subscription Cancelled"] },
    };

    private readonly AlertRows _rows;
    private readonly AccountRows _accounts;

    private AlertRig(SignalsWorld world)
    {
        World = world;
        _rows = world.Get<AlertRows>();
        _accounts = new AccountRows(world.Store);
    }

    public SignalsWorld World { get; }

    public AccountKey Account { get; } = AccountKey.Group("acme");

    public AlertBook Book => World.Get<AlertBook>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AlertRig> WithAsync(
        ValueModel? model = null,
        string? csm = Csm,
        bool strategic = false,
        bool live = true,
        DateTimeOffset? start = null,
        string name = "acme",
        double price = 0
    )
    {
        var world = await SignalsWorld.WithAsync(model ?? Model, start);
        world.Clock.MoveTo(world.At(0));
        await world.Get<LiveSince>().NoteAsync(world.At(0), Cancel);
        var rig = new AlertRig(world);
        var account = new AccountState(rig.Account, "acme") { FirstLiveAt = live ? world.At(0) : null };
        account.Profile.Set(Traits.Csm, csm, world.At(0), 1);
        account.Profile.Set(Traits.Name, name, world.At(0), 1);
        if (price > 0)
            account.Profile.Set(Traits.Price, price.ToString(System.Globalization.CultureInfo.InvariantCulture), world.At(0), 1);
        account.Profile.Set(Traits.Strategic, strategic ? "true" : "false", world.At(0), 1);
        await world.Store.CommitAsync(AccountRows.Table, rig.Account.Value, [AccountRows.Save(account)], Cancel);
        return rig;
    }

    /// <summary>A review as the review service saves one: wake-up first, account and alert in one transaction, then the keeper.</summary>
    public async Task ReviewAsync(RiskLevel level, params IEnumerable<FoundCause> causes)
    {
        var account = (await _accounts.GetAccountAsync(Account, Cancel))!;
        var before = account.Review ?? new AccountReview { LevelSince = World.Clock.GetUtcNow() };
        account.Review = before with
        {
            ReviewedAt = World.Clock.GetUtcNow(),
            Assessment = new Assessment(HealthScore.Unknown, new RiskAssessment(level, (int)level * 30), [.. causes]),
            PreviousLevel = before.Assessment.Risk.Level != level ? before.Assessment.Risk.Level : before.PreviousLevel,
        };
        var stored = await _rows.GetAsync(Account, Cancel);
        var context = new AccountContext(
            account,
            AccountFacts.Of(account, World.Model),
            new UsageView(account.History, World.Model),
            World.Model,
            World.Get<KnownEvents>(),
            Days.Of(World.Clock.GetUtcNow())
        );
        var alert = World.Get<AlertRules>().AfterReview(context, account.Review, stored?.Alert, World.Clock.GetUtcNow());
        var operations = new List<EntityOperation> { AccountRows.Save(account) };
        var keeper = World.Get<AlertKeeper>();
        var repair = keeper.RepairOf(Account);
        bool changes = alert is not null && !AlertRows.AreSame(alert, stored?.Alert);
        if (changes)
        {
            await World.Get<Core.State.WakeUps.WakeIndex>().AddAsync(repair, Cancel);
            operations.Add(AlertRows.Save(AlertLists.Listed(alert!, stored?.Alert), stored));
        }
        Assert.True((await World.Store.CommitAsync(AccountRows.Table, Account.Value, operations, Cancel)).Committed);
        if (changes)
        {
            await keeper.TendAsync(Account, Cancel);
            await World.Get<Core.State.WakeUps.WakeIndex>().RemoveAsync([repair], Cancel);
        }
        await World.RunAsync();
    }

    public async Task ChurnAsync()
    {
        var account = (await _accounts.GetAccountAsync(Account, Cancel))!;
        account.History.Record("Subscription Cancelled", World.Clock.GetUtcNow(), mentioned: true, []);
        await World.Store.CommitAsync(AccountRows.Table, Account.Value, [AccountRows.Save(account)], Cancel);
    }

    public async Task WaitAsync(double hours)
    {
        // A running host sweeps often; a step of half an hour is as good for alerts, which wait for hours.
        var until = World.Clock.GetUtcNow().AddHours(hours);
        while (World.Clock.GetUtcNow() < until)
        {
            var next = World.Clock.GetUtcNow().AddMinutes(30);
            World.Clock.MoveTo(next < until ? next : until);
            await World.RunAsync();
        }
    }

    /// <summary>Lets time pass in which the process was not running.</summary>
    public Task JumpAsync(double hours)
    {
        World.Clock.Advance(TimeSpan.FromHours(hours));
        return World.RunAsync();
    }

    public async Task<Alert?> AlertAsync() => await Book.OfAccountAsync(Account, Cancel);

    public async Task<AlertId> IdAsync() => AlertId.Parse((await AlertAsync())!.Id)!.Value;

    public async Task<AlertChange> AcknowledgeAsync(string by = Csm, string? note = null) =>
        await Book.AcknowledgeAsync(await IdAsync(), by, note, Cancel);

    public async Task<AlertChange> SnoozeAsync(double hours, string by = Csm) =>
        await Book.SnoozeAsync(await IdAsync(), by, World.Clock.GetUtcNow().AddHours(hours), null, Cancel);

    public async Task<AlertChange> ResolveAsync(string reason = AlertReasons.Helped, string by = Csm) =>
        await Book.ResolveAsync(await IdAsync(), by, reason, null, Cancel);

    /// <summary>What was told whom, oldest first: "raised:zoe worse:zoe".</summary>
    public async Task<string> ToldAsync() =>
        string.Join(
            ' ',
            (await World.AlertsAsync("acme"))
                .Where(record => record.State == OutreachState.Sent)
                .OrderBy(record => record.PlannedAt)
                .ThenBy(record => record.To, StringComparer.Ordinal)
                .Select(record => $"{record.Variables.Alert!.Occasion}:{record.To.Split('@')[0]}")
        );

    /// <summary>The alert's state, with the reason it was resolved for: "resolved recovered".</summary>
    public async Task<string> StateAsync() =>
        await AlertAsync() is { } alert ? $"{alert.State.Name()} {(alert.Stands ? "" : alert.Answer?.Reason)}".Trim() : "none";

    public async Task<IReadOnlyList<Alert>> ListAsync(string? csm = null)
    {
        var all = new List<Alert>();
        await foreach (var (alert, _) in Book.ReadAsync(csm, null, 50, Cancel))
            all.Add(alert);
        return all;
    }

    public static FoundCause Cause(string id, double confidence = 0.9) =>
        new(
            id,
            null,
            CauseSubject.Account,
            0,
            confidence,
            [
                new Evidence(
                    Phrase.Pair($"What {id} shows", $"Ce que {id} montre"),
                    Phrase.Same("3"),
                    Phrase.Same("9"),
                    new DateOnly(2025, 3, 1)
                ),
            ]
        );
}
