using System.Text.Json;
using Signals.Core.Daily.Revenue;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Local.Demo;

namespace Signals.Local.Tests.Demo;

/// <summary>
/// Every number of the page about money, worked out again from the story's events alone: straight through them, by other code, knowing
/// nothing of folding, days or sketches.
/// </summary>
[Collection(PlayedDemoTests.Name)]
public sealed class DemoRevenueTests(PlayedDemo demo)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(PlayedDemo.Now.UtcDateTime);

    private readonly IReadOnlyDictionary<string, Customer> _customers = Read(demo);

    [Fact]
    public void What_is_paid_and_what_of_it_is_at_risk()
    {
        var levels = demo.Summary.Accounts.ToDictionary(account => account.Id, account => account.Level, StringComparer.Ordinal);
        foreach (var level in Enum.GetValues<RiskLevel>())
        {
            var paying = _customers
                .Values.Where(customer => levels[customer.Id] == level)
                .Select(customer => customer.On(Today))
                .Where(paid => paid > 0)
                .ToList();
            Assert.Equal((paying.Count, paying.Sum()), (demo.Revenue.Levels[(int)level].Accounts, demo.Revenue.Levels[(int)level].Price));
        }
        Assert.Equal(_customers.Values.Sum(customer => customer.On(Today)), demo.Revenue.Revenue);
        Assert.True(demo.Revenue.AtRisk.Price > 0);
    }

    [Fact]
    public void What_renews_within_each_window()
    {
        var levels = demo.Summary.Accounts.ToDictionary(account => account.Id, account => account.Level, StringComparer.Ordinal);
        foreach (var window in demo.Revenue.Renewals)
        {
            var renewing = _customers
                .Values.Where(customer =>
                    customer.On(Today) > 0
                    && customer.Renews is { } day
                    && day.DayNumber - Today.DayNumber is var ahead
                    && ahead >= window.FromDay
                    && ahead <= window.ToDay
                )
                .ToList();
            var risky = renewing.Where(customer => levels[customer.Id] >= RiskLevel.AtRisk).ToList();
            Assert.Equal((renewing.Count, renewing.Sum(customer => customer.On(Today))), (window.All.Accounts, window.All.Price));
            Assert.Equal((risky.Count, risky.Sum(customer => customer.On(Today))), (window.AtRisk.Accounts, window.AtRisk.Price));
        }
        Assert.Contains(demo.Revenue.Renewals, window => window.AtRisk.Accounts > 0);
    }

    [Fact]
    public void What_became_of_the_money_of_each_month()
    {
        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)], demo.Revenue.Months.Select(month => month.From));
        foreach (var month in demo.Revenue.Months)
            Compare(month, month.From.AddDays(-1), month.From.AddMonths(1).AddDays(-1));
        Compare(demo.Revenue.Latest!, Today.AddDays(-31), Today.AddDays(-1));
        Assert.Contains(demo.Revenue.Months, month => month.Expanded > 0);
        Assert.Contains(demo.Revenue.Months, month => month.Contracted > 0);
        Assert.Contains(demo.Revenue.Months, month => month.Added > 0);
        Assert.True(demo.Revenue.Latest!.Churned > 0);
    }

    [Fact]
    public void What_became_of_the_money_by_the_month_that_customers_began_in()
    {
        DateOnly[] ends = [new(2025, 12, 31), new(2026, 1, 31), new(2026, 2, 28)];
        foreach (var cohort in demo.Revenue.Cohorts)
        {
            int first = cohort.Month is null
                ? 0
                : Array.FindIndex(ends, end => (end.Year, end.Month) == (cohort.Month.Value.Year, cohort.Month.Value.Month));
            var members = _customers
                .Values.Where(customer => customer.On(ends[first]) > 0 && (first == 0 || customer.On(ends[first - 1]) == 0))
                .ToList();
            double start = members.Sum(customer => customer.On(ends[first]));
            Assert.Equal((members.Count, start), (cohort.Customers, cohort.Start));
            Assert.Equal(ends[first..].Select(end => members.Sum(customer => customer.On(end))), cohort.Net);
            Assert.Equal(
                ends[first..].Select(end => members.Sum(customer => Math.Min(customer.On(end), customer.On(ends[first])))),
                cohort.Gross
            );
        }
        Assert.Equal([null, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)], demo.Revenue.Cohorts.Select(cohort => cohort.Month));
    }

    [Fact]
    public void Who_is_on_the_plan_that_ends()
    {
        var sunset = Assert.Single(demo.Revenue.PlanSunsets);
        var on = _customers.Values.Where(customer => demo.Cast[customer.Id].Plan == sunset.Plan && !customer.HasLeftBy(Today)).ToList();

        Assert.Equal((on.Count, on.Sum(customer => customer.On(Today))), (sunset.Accounts, sunset.Revenue));
        Assert.Equal(on.Sum(customer => customer.People.Count), sunset.People);
        var ends = demo.Model.PlanSunsets[0].Ends;
        Assert.Equal(on.Where(customer => customer.Renews > ends).Sum(customer => customer.On(Today)), sunset.OutlastingRevenue);
        Assert.True(sunset.Accounts > RevenueMeasures.MaxExpansions);
        Assert.Equal(PlanSunsetMeasure.MaxListed, sunset.Left.Count);
        Assert.All(sunset.Left, account => Assert.Equal(_customers[account.Id].On(Today), account.Price));
        Assert.DoesNotContain(
            demo.Revenue.Expansions.SelectMany(account => account.Signs),
            sign => sign.Kind == ExpansionSign.Outgrown && sign.Plan == sunset.Plan
        );
    }

    [Fact]
    public void Who_could_do_with_more()
    {
        foreach (var account in demo.Revenue.Expansions)
        {
            var customer = _customers[account.Id];
            Assert.Equal(customer.On(Today), account.Price);
            foreach (var sign in account.Signs)
            {
                if (sign.Kind == ExpansionSign.Limits)
                    Assert.Equal(customer.Limits.Count(day => day > Today.AddDays(-30)), sign.Amount);
                if (sign.Kind == ExpansionSign.Seats)
                    Assert.Equal((demo.Cast[account.Id].Seats, true), ((int)sign.Of, sign.Amount >= 0.9 * sign.Of));
            }
        }
        var met = _customers
            .Values.Where(customer => customer.Limits.Count(day => day > Today.AddDays(-30)) >= 3)
            .Select(customer => customer.Id);
        var atRisk = demo.Summary.Accounts.Where(account => account.Level >= RiskLevel.AtRisk).Select(account => account.Id);
        Assert.Equal(
            met.Except(atRisk).Order(StringComparer.Ordinal),
            demo.Revenue.Expansions.Where(account => account.Signs.Any(sign => sign.Kind == ExpansionSign.Limits))
                .Select(account => account.Id)
                .Order(StringComparer.Ordinal)
        );
    }

    private void Compare(RevenuePeriod told, DateOnly before, DateOnly after)
    {
        var there = _customers.Values.Where(customer => customer.On(before) > 0).ToList();
        double start = there.Sum(customer => customer.On(before)),
            kept = there.Sum(customer => Math.Min(customer.On(before), customer.On(after))),
            end = there.Sum(customer => customer.On(after));
        Assert.Equal((there.Count, start), (told.Customers, told.Start));
        Assert.Equal((Math.Round(kept / start, 4), Math.Round(end / start, 4)), (told.Gross.Share, told.Net.Share));
        Assert.Equal(there.Where(customer => customer.On(after) == 0).Sum(customer => customer.On(before)), told.Churned);
        Assert.Equal(end - kept, told.Expanded);
        Assert.Equal(start - kept - told.Churned, told.Contracted);
        Assert.Equal(_customers.Values.Where(customer => customer.On(before) == 0).Sum(customer => customer.On(after)), told.Added);
    }

    private static Dictionary<string, Customer> Read(PlayedDemo demo)
    {
        var customers = new Dictionary<string, Customer>(StringComparer.Ordinal);
        var story = new DemoStory(demo.Model, StoryClock.LastDay(PlayedDemo.Now));
        foreach (var one in story.Tell().SelectMany(day => day.InOrder()))
        {
            if (!customers.TryGetValue(one.GroupId!, out var customer))
                customers[one.GroupId!] = customer = new Customer(one.GroupId!);
            customer.Meet(one);
        }
        return customers;
    }

    /// <summary>What the events say of one customer.</summary>
    private sealed class Customer(string id)
    {
        private readonly List<(DateOnly Day, double Mrr)> _prices = [];
        private DateOnly _since = DateOnly.MaxValue;
        private DateOnly? _left;
        private DateOnly? _trial;

        public string Id => id;

        public DateOnly? Renews { get; private set; }

        public List<DateOnly> Limits { get; } = [];

        public HashSet<string> People { get; } = new(StringComparer.Ordinal);

        public bool HasLeftBy(DateOnly day) => _left <= day;

        /// <summary>What was paid a month at a day's end.</summary>
        public double On(DateOnly day)
        {
            if (_since > day || _left <= day || _trial > day)
                return 0;
            var said = _prices.Where(price => price.Day <= day).ToList();
            return said.Count > 0 ? said[^1].Mrr : _prices[0].Mrr;
        }

        public void Meet(UsageEvent one)
        {
            var day = DateOnly.FromDateTime(one.Timestamp.UtcDateTime);
            Earliest(day);
            People.Add(one.UserId!);
            if (one.Name == "Subscription Cancelled")
                _left = day;
            if (one.Name == "Plan Limit Reached")
                Limits.Add(day);
            if (one.Type != EventType.Group && one.Name is not ("Subscription Period Started" or "Trial Started"))
                return;
            using var facts = JsonDocument.Parse(one.Payload);
            var root = facts.RootElement;
            if (one.Name != "Trial Started" && root.TryGetProperty("mrr", out var mrr))
                _prices.Add((day, mrr.GetDouble()));
            if (Date(root, "createdAt") is { } created)
                Earliest(created);
            Renews = Date(root, "renewalAt") ?? (one.Name == "Subscription Period Started" ? Date(root, "endsAt") : null) ?? Renews;
            _trial = Date(root, "trialEndsAt") ?? (one.Name == "Trial Started" ? Date(root, "endsAt") : null) ?? _trial;
        }

        private void Earliest(DateOnly day) => _since = day < _since ? day : _since;

        private static DateOnly? Date(JsonElement facts, string name) =>
            facts.TryGetProperty(name, out var value) ? DateOnly.FromDateTime(value.GetDateTimeOffset().UtcDateTime) : null;
    }
}
