using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;

namespace Signals.Local.Demo;

/// <summary>Reads the summary of a data folder through the app's own services.</summary>
public static class DemoSummaryReader
{
    public static async Task<DemoSummary> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var totals = await services.GetRequiredService<PipelineCounters>().GetAsync(cancellationToken);
        var accounts = new List<AccountSummary>();
        await foreach (
            var (account, _) in services
                .GetRequiredService<AccountLists>()
                .ReadAsync(AccountLists.ByRisk, null, EntityLimits.MaxPage, cancellationToken)
        )
            accounts.Add(account);

        var rows = services.GetRequiredService<OutreachRows>();
        var outreach = new List<OutreachRecord>();
        await foreach (
            var (id, _) in services.GetRequiredService<OutreachLists>().ReadAsync(null, null, EntityLimits.MaxPage, cancellationToken)
        )
        {
            if (await rows.GetAsync(id, cancellationToken) is { } stored)
                outreach.Add(stored.Record);
        }
        return new DemoSummary
        {
            Folded = totals.Folded,
            Duplicates = totals.Duplicates,
            Quarantined = totals.Quarantined,
            Accounts = accounts,
            Outreach = outreach,
            Measures = await services.GetRequiredService<MeasurePass>().MeasureAsync(cancellationToken),
        };
    }
}
