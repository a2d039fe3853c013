using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class PaymentFailingStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
    };

    [Fact]
    public async Task Clear_two_failures_that_nobody_made_good()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Identifies().With("plan", "pro").On(0).Works(0, 50).Tracks("Payment Failed").With("amount", 49.5).On(40, 43);
        await world.AdvanceToAsync(day: 45);

        var cause = await world.CauseAsync("ann", CauseIds.PaymentFailing);
        Assert.Equal(0.85, cause!.Confidence);
        Assert.Equal(
            ("payment of 49.50 USD failed 2 times and was not made good", "2 failed tries", "49.50 USD paid", world.Date(40)),
            (cause.Evidence[0].Text.En, cause.Evidence[0].Value.En, cause.Evidence[0].Expected.En, cause.Evidence[0].Since)
        );
        Assert.Equal(RiskLevel.AtRisk, await world.LevelAsync("ann"));
    }

    [Fact]
    public async Task Clear_a_failure_that_does_not_say_how_much_it_was_about()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Identifies().With("plan", "pro").On(0).Works(0, 50).Tracks("Payment Failed").On(40);
        await world.AdvanceToAsync(day: 42);
        var line = (await world.CauseAsync("ann", CauseIds.PaymentFailing))!.Evidence[0];
        Assert.Equal(("payment failed once and was not made good", "paid"), (line.Text.En, line.Expected.En));
    }

    [Fact]
    public async Task Borderline_the_grace_ends_a_day_after_the_first_failure()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 50).Tracks("Payment Failed").On(40);
        Assert.Equal([41, 42, 43], await world.DaysWithAsync("ann", CauseIds.PaymentFailing, 40, 43));
    }

    [Fact]
    public async Task Look_alike_a_second_try_that_went_through()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 50).Tracks("Payment Failed").At(9).On(40).Tracks("Payment Succeeded").At(15).On(40);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.PaymentFailing, 40, 50));
    }

    [Fact]
    public async Task Recovery_the_payment_comes_and_an_old_failure_counts_no_more()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 120).Tracks("Payment Failed").On(40, 90).Tracks("Payment Succeeded").On(44);
        Assert.Equal([41, 42, 43], await world.DaysWithAsync("ann", CauseIds.PaymentFailing, 40, 60));
        await world.AdvanceToAsync(day: 92);
        Assert.Equal("1 failed try", (await world.CauseAsync("ann", CauseIds.PaymentFailing))!.Evidence[0].Value.En);
    }

    [Fact]
    public async Task It_is_history_after_the_models_time()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Payment Failed").On(10);
        var days = await world.DaysWithAsync("ann", CauseIds.PaymentFailing, 60, 80);
        Assert.Equal(70, days[^1]);
    }
}
