using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Platform.Languages;
using Signals.Web.Alerts;
using Signals.Web.Api;
using Signals.Web.Health;

namespace Signals.Web.Doctor;

/// <summary>
/// Looks at everything around the app that may be wrong and that no error tells: each check by itself, so that one that fails or waits ends
/// none of the others.
/// </summary>
public sealed class DoctorVisit(IEnumerable<IDoctorCheck> checks, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Every finding, as soon as it is there.</summary>
    public async IAsyncEnumerable<DoctorFinding> LookAsync(
        bool asksTheNetwork,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var check in checks.Where(check => asksTheNetwork || !check.AsksTheNetwork))
        {
            foreach (var finding in await FindingsAsync(check, cancellationToken))
                yield return finding;
        }
    }

    private async Task<IReadOnlyList<DoctorFinding>> FindingsAsync(IDoctorCheck check, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await check.LookAsync(either.Token).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            string name = check.GetType().Name.Replace("Check", "", StringComparison.Ordinal);
            return [DoctorFinding.Unknown(Phrase.Same(name), Phrase.Of($"This could not be looked at: {Phrase.Same(FirstLine(fault))}"))];
        }
    }

    private static string FirstLine(Exception fault) => fault.Message.Split('\r', '\n')[0];
}

/// <summary>Registers what the doctor looks at in both hosts; a host adds what is its own (<see cref="IDoctorCheck"/>).</summary>
public static class DoctorExtensions
{
    /// <summary>All of it: the host has registered its store, its queues and its mail.</summary>
    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.AddDoctorAround();
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<PipelineReader>();
        return services.AddSingleton<IDoctorCheck, NamesCheck>().AddSingleton<IDoctorCheck, PipelineCheck>();
    }

    /// <summary>What needs no data: the model, and what is around the app.</summary>
    public static IServiceCollection AddDoctorAround(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebhookOptions());
        services.TryAddSingleton<WebhookClient>();
        return services
            .AddSingleton<DoctorVisit>()
            .AddSingleton<DoctorMessages>()
            .AddSingleton<DnsText>()
            .AddSingleton<IDoctorCheck, ModelCheck>()
            .AddSingleton<IDoctorCheck, ClockCheck>()
            .AddSingleton<IDoctorCheck, PublicUrlCheck>()
            .AddSingleton<IDoctorCheck, SenderDomainCheck>();
    }
}
