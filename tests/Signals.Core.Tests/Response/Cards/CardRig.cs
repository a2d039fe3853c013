using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Processing.Help;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Cards;

/// <summary>Ann, stuck at a step since day 0 found on the next day, under a playbook that says it in the product first.</summary>
internal static class CardRig
{
    public const string Ann = "ann";
    public const string Address = "ann@example.com";

    public static ValueModel Model(Func<Playbook, Playbook>? change = null)
    {
        var model = StoryModels.OfPeople.WithSetUp();
        var usual = model.PlaybookFor(CauseIds.OnboardingStalled) with { Channels = MessageChannels.InAppThenMail, FollowUp = null };
        return model with
        {
            Fingerprint = model.Fingerprint + "+cards",
            Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
            {
                [CauseIds.OnboardingStalled] = change?.Invoke(usual) ?? usual,
            },
        };
    }

    public static async Task<SignalsWorld> StuckAsync(ValueModel? model = null)
    {
        var world = await SignalsWorld.WithAsync(model ?? Model());
        world.Given(Ann).HasEmail().Tracks("Import Started").On(0);
        await world.AdvanceToAsync(day: 1);
        return world;
    }

    public static async Task<HelpCard?> CardAsync(this SignalsWorld world, string user = Ann) =>
        (await world.Get<HelpDesk>().OfAsync(user, TestContext.Current.CancellationToken)).Card;

    public static async Task<bool> SaysAsync(this SignalsWorld world, CardAnswer answer, string? cardId = null, string user = Ann)
    {
        bool known = await world
            .Get<HelpDesk>()
            .AnswerAsync(user, cardId ?? (await world.CardAsync(user))!.Id, answer, TestContext.Current.CancellationToken);
        await world.RunAsync();
        return known;
    }

    public static async Task<OutreachRecord> MessageAsync(this SignalsWorld world) => Assert.Single(await world.MessagesAsync(Ann));

    /// <summary>Mails that left for Ann.</summary>
    public static int Mails(this SignalsWorld world) => world.Mail.Left.Count(mail => mail.To == Address);
}
