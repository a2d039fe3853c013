namespace Signals.Local.Demo.Scripts;

/// <summary>Every part of the story, in the order in which accounts are made.</summary>
public static class AllScripts
{
    public static readonly IReadOnlyList<Script> List =
    [
        new SteadyScript(),
        new AskedScript(),
        new GrowingScript(),
        new StuckImportScript(),
        new BrowsingScript(),
        new UnusedFeaturesScript(),
        new UsageDropScript(),
        new LateJoinersScript(),
        new RecoveredScript(),
        new ChurnedScript(),
        new UnhappyScript(),
        new PaymentFailingScript(),
        new DelightedScript(),
        new FrictionScript(),
        new AloneScript(),
    ];
}
