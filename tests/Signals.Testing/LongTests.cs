using Xunit;

namespace Signals.Testing;

/// <summary>
/// The longest soak and volume tests: they hold on much what other tests hold on little, and run where <c>SIGNALS_LONG_TESTS=1</c> asks for
/// them, as CI does. Everywhere else they are skipped and say so.
/// </summary>
public static class LongTests
{
    private const string Switch = "SIGNALS_LONG_TESTS";

    private static bool Wanted => Environment.GetEnvironmentVariable(Switch) == "1";

    /// <summary>How many samples a property is tried on: the many where long tests are wanted.</summary>
    public static int Samples(int few, int many) => Wanted ? many : few;

    /// <summary>Skips the test that calls it unless long tests are wanted.</summary>
    public static void Only() => Assert.SkipUnless(Wanted, $"A long test: {Switch}=1 runs it, as CI does.");
}
