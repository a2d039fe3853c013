using Xunit;

namespace Signals.Testing;

/// <summary>
/// The longest soak and volume tests: they hold on much what other tests hold on little, and run where <c>SIGNALS_LONG_TESTS=1</c> asks for
/// them, as CI does. Everywhere else they are skipped and say so. <c>SIGNALS_LONG_TESTS=all</c> tries properties on the most samples too,
/// which takes longer than CI may.
/// </summary>
public static class LongTests
{
    private const string Switch = "SIGNALS_LONG_TESTS";

    private static string? Asked => Environment.GetEnvironmentVariable(Switch);

    private static bool Wanted => Asked is "1" or "all";

    /// <summary>How many samples a property is tried on: many where long tests are wanted, the most where all of them are.</summary>
    public static int Samples(int few, int many, int most) =>
        Asked == "all" ? most
        : Wanted ? many
        : few;

    /// <summary>Skips the test that calls it unless the longest of all are wanted, which no CI waits for.</summary>
    public static void OnlyAll() => Assert.SkipUnless(Asked == "all", $"Among the longest: {Switch}=all runs it, as each night does.");

    /// <summary>Skips the test that calls it unless long tests are wanted.</summary>
    public static void Only() => Assert.SkipUnless(Wanted, $"A long test: {Switch}=1 runs it, as CI does.");

    /// <summary>The same for a look, or another case, that is one of several.</summary>
    public static void OnlyIf(bool isLong)
    {
        if (isLong)
            Only();
    }
}
