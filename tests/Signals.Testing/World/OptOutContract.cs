using System.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Xunit;

namespace Signals.Testing.World;

/// <summary>
/// Nobody who opted out is written to: by no route (a playbook's help, a sunset's notice, a failed payment's, thanks, an apology in their
/// place), however they said it, however their address is written, before a mail was planned or between that and its sending. Held on
/// every host's store; each seed is another mix of ways and spellings.
/// </summary>
public abstract class OptOutContract
{
    /// <summary>Mails that were planned before leave after the warm-up.</summary>
    private const int WarmUpEnds = 46;
    private const int Before = 2;
    private const int Between = 44;
    private const int Last = 50;

    /// <summary>One address, in many spellings.</summary>
    private static readonly Func<string, string>[] Spellings =
    [
        local => $"{local}@bücher.example",
        local => $"{local}@xn--bcher-kva.example",
        local => $"{local.ToUpperInvariant()}@BÜCHER.example",
        local => $" {local}@bu\u0308cher.example. ",
        local => $"\"Ann, Lee\" <{local}@bücher.example>",
        local => $"mailto:{local}@xn--bcher-kva.example",
        local => $"{local}\u200b@bücher.example",
        local => $"<{local}@Bücher.Example>",
    ];

    private static readonly (string Trait, object Value)[] Traits =
    [
        ("unsubscribed", true),
        ("unsubscribed", "yes"),
        ("unsubscribed_at", "2025-03-05T10:00:00Z"),
        ("emailOptOut", true),
        ("email_opt_out", 1),
        ("hs_email_optout", "true"),
        ("marketing_consent", false),
        ("acceptsMarketing", "no"),
        ("email_subscription_status", "unsubscribed"),
        ("email_subscribe", "opted_out"),
    ];

    private static readonly string[] Events = ["Unsubscribed", "Email Unsubscribed", "Unsubscribe", "Email Marked as Spam"];

    private static readonly Way[] Ways = Enum.GetValues<Way>();

    private static readonly Route[] Routes = Enum.GetValues<Route>();

    private enum Way
    {
        Link,
        List,
        Webhook,
        Trait,
        Event,
        Consent,

        /// <summary>Another person with the same address said it.</summary>
        Namesake,
    }

    private enum Route
    {
        Playbook,
        Sunset,
        Payment,
        Thanks,
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many mixes to try.</summary>
    protected abstract int Seeds { get; }

    /// <summary>An empty store.</summary>
    protected abstract Task<IEntityStore> CreateStoreAsync(int seed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_who_opted_out_is_written_to(bool apologises)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
            await CheckAsync(seed, apologises, await CreateStoreAsync(seed));
        }
    }

    private static async Task CheckAsync(int seed, bool apologises, IEntityStore store)
    {
        var random = new Random(seed);
        var world = await SignalsWorld.WithAsync(ModelWith(apologises), store: store);
        var refusing = new List<Refusing>();
        foreach (var route in Routes)
        {
            Live(world, $"free-{route}", route, random);
            foreach (int day in (int[])[Before, Between])
            {
                var person = new Refusing($"{route}-{day}", day, Pick(Ways, random));
                Live(world, person.Id, route, random);
                SayInProduct(world, person, random);
                refusing.Add(person);
            }
        }
        foreach (int day in (int[])[Before, Between])
        {
            await world.AdvanceToAsync(day);
            foreach (var person in refusing.Where(person => person.Day == day))
                await SayElsewhereAsync(world, person, random);
        }
        await world.AdvanceToAsync(Last);

        var written = world
            .Mail.Left.Where(mail => mail.Mail.Headers.ContainsKey("List-Unsubscribe"))
            .Select(mail => Mailbox.Parse(mail.To)!.Identity)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var person in refusing)
        {
            Assert.False(written.Contains(IdentityOf(person.Id)), $"seed {seed}: {person} was written to");
            if (person.Day == Between)
                Assert.True(
                    (await world.MessagesAsync(person.Id)).Any(record => record.State == OutreachState.Suppressed),
                    $"seed {seed}: nothing was planned to {person}"
                );
        }
        foreach (var route in Routes)
            Assert.True(written.Contains(IdentityOf($"free-{route}")), $"seed {seed}: nobody is written to by the route {route}");
    }

    private static ValueModel ModelWith(bool apologises) =>
        StoryModels.OfPeople.WithFeatures() with
        {
            Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
            Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
            Sunsets =
            [
                new Sunset
                {
                    Feature = "exports",
                    Announced = Day(5),
                    LastOrder = Day(50),
                    Ends = Day(100),
                    Why = "Too few use it.",
                    Terms = "As before until then.",
                    ReplacementFeature = "feeds",
                    Differences = "Nothing to download.",
                    Steps = ["Open feeds."],
                },
            ],
            Incidents = apologises
                ? [new Incident("exports fail", SignalsWorld.Start.AddDays(40), SignalsWorld.Start.AddDays(60), Apologises: true)]
                : [],
            Outreach = StoryModels.OfPeople.Outreach with { WarmUpHours = WarmUpEnds * 24, ExpireAfterDays = 60 },
        };

    /// <summary>A life that has a message of that kind planned by day 44.</summary>
    private static void Live(SignalsWorld world, string id, Route route, Random random)
    {
        var person = world.Given(id).HasEmail(Pick(Spellings, random)(id));
        _ = route switch
        {
            Route.Playbook => person.Browses().On(36, 38, 40, 42),
            Route.Sunset => person.Works(0, Between).Tracks("Export Completed").OnWeekdays(0, Between),
            Route.Payment => person.Works(0, Last).Tracks("Payment Failed").On(40),
            _ => person.Works(0, Last).Tracks("NPS Answered").With("score", 10).On(40),
        };
    }

    private static void SayInProduct(SignalsWorld world, Refusing person, Random random)
    {
        var story = world.Given(person.Id);
        var (trait, value) = Pick(Traits, random);
        _ = person.Way switch
        {
            Way.Trait => story.Identifies().With(trait, value).At(13).On(person.Day),
            Way.Event => story.Tracks(Pick(Events, random)).At(13).On(person.Day),
            Way.Consent => story.Identifies().Consenting(Pick(["Marketing", "email", "E-Mail"], random), false).At(13).On(person.Day),
            Way.Namesake => world
                .Given($"namesake-{person.Id}")
                .Identifies()
                .With("email", Pick(Spellings, random)(person.Id))
                .With(trait, value)
                .At(13)
                .On(person.Day),
            _ => story,
        };
    }

    private static async Task SayElsewhereAsync(SignalsWorld world, Refusing person, Random random)
    {
        string address = Pick(Spellings, random)(person.Id);
        switch (person.Way)
        {
            case Way.Link:
                await world
                    .Get<ISuppressions>()
                    .UnsubscribeAsync(world.RecipientKey.Of(address), null, "page:x", world.Clock.GetUtcNow(), Cancel);
                break;
            case Way.List:
                using (var file = new MemoryStream(Encoding.UTF8.GetBytes($"sep=;\r\nE-Mail;Datum\r\n{Quoted(address)};31.01.2025\r\n")))
                {
                    var done = await world.Get<SuppressionImport>().RunAsync(file, fault => Assert.Fail(fault.ToString()), Cancel);
                    Assert.Equal(1, done.Entries);
                }
                break;
            case Way.Webhook:
                await world
                    .Get<DeliveryReports>()
                    .ApplyAsync([new DeliveryReport(null, DeliveryEvent.Unsubscribed, world.Clock.GetUtcNow(), null, address)], Cancel);
                break;
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string IdentityOf(string id) => Mailbox.Parse(Spellings[0](id))!.Identity;

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    private static DateOnly Day(int day) => DateOnly.FromDateTime(SignalsWorld.Start.AddDays(day).UtcDateTime);

    private sealed record Refusing(string Id, int Day, Way Way);
}
