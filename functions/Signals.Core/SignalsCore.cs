using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Alerts;
using Signals.Core.Audit;
using Signals.Core.Cohorts;
using Signals.Core.Digests;
using Signals.Core.Effects;
using Signals.Core.Folding;
using Signals.Core.Lists;
using Signals.Core.Measures;
using Signals.Core.Messaging;
using Signals.Core.Model;
using Signals.Core.Outreach;
using Signals.Core.Pipeline;
using Signals.Core.Reviews;
using Signals.Core.Suppressions;
using Signals.Core.Text;
using Signals.Core.Trends;
using Signals.Core.Verbatims;
using Signals.Core.Waking;

namespace Signals.Core;

public static class SignalsCore
{
    /// <summary>
    /// Everything between the ports. The host adds the ports themselves (IEntityStore, IMessageQueue, IEmailSender, IMessageRenderer), the
    /// keys (RecipientKey, UnsubscribeTokens), the PublicAddress and a TimeProvider; an ITextAnalyzer where the embedded one is not to be used.
    /// </summary>
    public static IServiceCollection AddSignalsCore(this IServiceCollection services, ValueModel model)
    {
        services.AddSingleton(model);
        services.AddSingleton<EventFolder>();
        services.AddSingleton<WakeIndex>();
        services.AddSingleton<WakeSweep>();
        services.AddSingleton<HistoryMover>();
        services.AddSingleton<PersonDirectory>();
        services.AddSingleton<EventRouter>();
        services.AddSingleton<AccountFold>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<PipelineCounters>();
        services.AddSingleton<DeadLetterDesk>();
        services.AddSingleton<MinuteCounts>();
        services.AddSingleton<SdkList>();
        services.AddSingleton<PipelineWatch>();
        services.AddSingleton<LiveSince>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<KnownEvents>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<ShardedList>();
        services.AddSingleton<AccountFacets>();
        services.AddSingleton<AccountLists>();
        services.AddSingleton<OutreachLists>();
        services.AddSingleton<OutreachRows>();
        services.AddSingleton<OutreachPlanner>();
        services.AddSingleton<MessageHolds>();
        services.AddSingleton<AlertRules>();
        services.AddSingleton<AlertMessages>();
        services.AddSingleton<AlertRows>();
        services.AddSingleton<AlertLists>();
        services.AddSingleton<AlertKeeper>();
        services.AddSingleton<AlertBook>();
        services.AddSingleton<OutreachCarrier>();
        services.TryAddSingleton(new OutreachOptions());
        services.AddSingleton<Recipients>();
        services.AddSingleton<SuppressionList>();
        services.AddSingleton<SuppressionImport>();
        services.AddSingleton<SuppressionExport>();
        services.AddSingleton<ISuppressions>(provider => provider.GetRequiredService<Recipients>());
        services.AddSingleton<BouncedAddresses>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<TeamMails>();
        services.AddSingleton<DailyDigest>();
        services.AddSingleton<WeeklyReport>();
        services.AddSingleton<EffectLog>();
        services.AddSingleton<PlaybookTally>();
        services.AddSingleton<SendBudget>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<CohortStore>();
        services.AddSingleton<CohortPass>();
        services.AddSingleton<ReviewService>();
        services.AddSingleton<ReviewFanOut>();
        services.AddSingleton<ModelActivation>();
        services.AddSingleton<FigureBook>();
        services.AddSingleton<FigurePass>();
        services.AddSingleton<VerbatimBook>();
        services.AddSingleton<MeasurePass>();
        services.TryAddSingleton<ITextAnalyzer, EmbeddedTextAnalyzer>();
        services.AddSingleton<IMessageHandler, FoldHandler>();
        services.AddSingleton<IMessageHandler, ReviewHandler>();
        services.AddSingleton<IMessageHandler, OutreachHandler>();
        return services;
    }
}
