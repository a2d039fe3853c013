using System.Xml.Linq;
using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>Holds the arrows of docs/architecture.md: who may know whom, and which rooms may use which packages.</summary>
public sealed class DependencyArrowTests
{
    private static readonly Dictionary<string, string[]> RoomsKnown = new()
    {
        ["Signals.Core"] = [],
        ["Signals.Holidays"] = ["Signals.Core"],
        ["Signals.Messages"] = ["Signals.Core"],
        ["Signals.Smtp"] = ["Signals.Core"],
        ["Signals.Web"] = ["Signals.Core"],
        ["Signals.Azure"] = ["Signals.Core", "Signals.Smtp"],
        ["Signals.Backtesting"] = ["Signals.Core"],
        ["Signals.Local"] = ["Signals.Backtesting", "Signals.Holidays", "Signals.Messages", "Signals.Smtp", "Signals.Web"],
        ["Signals.Azure.Language"] = ["Signals.Azure", "Signals.Core"],
        ["Signals.Functions"] =
        [
            "Signals.Azure",
            "Signals.Azure.Language",
            "Signals.Functions.Queues",
            "Signals.Holidays",
            "Signals.Messages",
            "Signals.Web",
        ],
        ["Signals.Functions.Queues"] = ["Signals.Azure", "Signals.Core"],
    };

    private static readonly string Functions = Path.Combine(Repository.Root, "functions");

    public static TheoryData<string> Rooms => [.. Directory.GetDirectories(Functions).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_the_rooms_it_may_know(string room)
    {
        var known = Assert.Contains(room, RoomsKnown);

        var referred = References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(referred.Except(known));
    }

    [Fact]
    public void Core_uses_nothing_but_the_frameworks_abstractions()
    {
        Assert.All(
            References("Signals.Core", "PackageReference"),
            package =>
            {
                Assert.StartsWith("Microsoft.Extensions.", package, StringComparison.Ordinal);
                Assert.EndsWith(".Abstractions", package, StringComparison.Ordinal);
            }
        );
        Assert.Empty(References("Signals.Core", "FrameworkReference"));
    }

    [Fact]
    public void Web_uses_the_shared_framework_and_three_libraries()
    {
        Assert.Equal(["DnsClient", "ModelContextProtocol.AspNetCore", "PDFsharp"], References("Signals.Web", "PackageReference"));
        Assert.Equal(["Microsoft.AspNetCore.App"], References("Signals.Web", "FrameworkReference"));
    }

    [Theory]
    [InlineData("Signals.Core", "Microsoft.AspNetCore", "Azure.", "Microsoft.Data.", "Handlebars")]
    [InlineData("Signals.Messages", "Microsoft.AspNetCore", "Azure.", "Microsoft.Data.")]
    [InlineData("Signals.Web", "Azure.", "Microsoft.Data.", "Handlebars")]
    public void A_rooms_assembly_was_built_without_what_it_must_not_know(string room, params string[] forbidden)
    {
        var references = System.Reflection.Assembly.Load(room).GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(string room, string kind) =>
        XDocument
            .Load(Path.Combine(Functions, room, $"{room}.csproj"))
            .Descendants(kind)
            .Select(reference => (string?)reference.Attribute("Include") ?? "");
}
