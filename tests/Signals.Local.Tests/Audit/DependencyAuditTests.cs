using System.Text;
using System.Text.Json;
using Signals.Audit;
using Signals.Testing;

namespace Signals.Local.Tests.Audit;

/// <summary>What the audit of dependencies lets in, and what it stops.</summary>
public sealed class DependencyAuditTests
{
    private static readonly LicenceRules Rules = new(
        ["Apache-2.0", "MIT"],
        ["MPL-2.0"],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["https://licences.example/mit"] = "MIT" },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Read"] = "MIT", ["Copyleft"] = "GPL-3.0-only" }
    );

    [Theory]
    [InlineData("MIT")]
    [InlineData("(MIT)")]
    [InlineData("GPL-3.0-only OR MIT")]
    [InlineData("MIT AND Apache-2.0")]
    [InlineData("(GPL-2.0-only AND MIT) OR (MIT AND Apache-2.0)")]
    public void What_may_be_chosen_or_comes_together_of_allowed_ones_comes_in(string expression) =>
        Assert.Null(Rules.FaultOf(Package(expression)));

    [Theory]
    [InlineData("GPL-3.0-only")]
    [InlineData("MPL-2.0")]
    [InlineData("mit")]
    [InlineData("MIT AND GPL-3.0-only")]
    [InlineData("MIT WITH Nasty-exception")]
    [InlineData("(MIT OR Apache-2.0) AND GPL-3.0-only")]
    [InlineData("")]
    public void Another_licence_stays_out(string expression) =>
        Assert.Equal(
            $"Some 1.0.0: found the licence {expression}, expected one of Apache-2.0, MIT, as it ships with an app.",
            Rules.FaultOf(Package(expression))
        );

    [Fact]
    public void Tests_may_be_built_with_more() => Assert.Null(Rules.FaultOf(Package("MPL-2.0") with { IsShipped = false }));

    [Theory]
    [InlineData("Read", "LICENSE.txt", null, null)]
    [InlineData("Some", null, "https://licences.example/mit", null)]
    [InlineData(
        "Some",
        "LICENSE.txt",
        null,
        "Some 1.0.0: found a licence file, LICENSE.txt, expected one that .ci/licences.json knows, under \"files\"."
    )]
    [InlineData(
        "Copyleft",
        "LICENSE.txt",
        null,
        "Copyleft 1.0.0: found a licence file, LICENSE.txt, which is GPL-3.0-only, expected one of Apache-2.0, MIT, as it ships with an app."
    )]
    [InlineData(
        "Some",
        null,
        "https://licences.example/gpl",
        "Some 1.0.0: found a licence's address, https://licences.example/gpl, expected one that .ci/licences.json knows, under \"addresses\"."
    )]
    [InlineData("Some", null, null, "Some 1.0.0: found no licence, expected one of Apache-2.0, MIT, as it ships with an app.")]
    public void A_licence_without_an_id_has_to_be_known(string name, string? file, string? address, string? fault) =>
        Assert.Equal(fault, Rules.FaultOf(new Dependency(name, "1.0.0", new SaidLicence(null, file, address), IsShipped: true)));

    [Fact]
    public void A_packages_own_word_is_read()
    {
        static SaidLicence Of(string metadata) =>
            SaidLicence.Read(
                new MemoryStream(
                    Encoding.UTF8.GetBytes(
                        $"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>{metadata}</metadata></package>"""
                    )
                )
            );
        Assert.Equal(
            new SaidLicence("MIT", null, null),
            Of("""<license type="expression">MIT</license><licenseUrl>https://x</licenseUrl>""")
        );
        Assert.Equal(
            new SaidLicence(null, "a.txt", null),
            Of("""<license type="file">a.txt</license><licenseUrl>https://x</licenseUrl>""")
        );
        Assert.Equal(new SaidLicence(null, null, "https://x"), Of("<licenseUrl>https://x</licenseUrl>"));
        Assert.Equal(new SaidLicence(null, null, null), Of("<id>Some</id>"));
    }

    [Fact]
    public void Known_faults_are_read_once_each_and_a_source_says_whether_it_lists_any()
    {
        var report = Json(
            """
            { "sources": ["https://packages.example/index.json"], "projects": [
              { "path": "a" },
              { "path": "b", "frameworks": [{ "framework": "net10.0",
                "topLevelPackages": [{ "id": "Bad", "resolvedVersion": "1.0.0",
                  "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://advisories.example/1" }] }],
                "transitivePackages": [{ "id": "Worse", "resolvedVersion": "2.0.0",
                  "vulnerabilities": [{ "severity": "Critical", "advisoryurl": "https://advisories.example/2" }] }] }] },
              { "path": "c", "frameworks": [{ "framework": "net10.0",
                "topLevelPackages": [{ "id": "Bad", "resolvedVersion": "1.0.0",
                  "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://advisories.example/1" }] }] }] }] }
            """
        );
        Assert.Equal(
            ["Bad 1.0.0: High, https://advisories.example/1", "Worse 2.0.0: Critical, https://advisories.example/2"],
            KnownFaults.Read(report)
        );
        Assert.Equal(["https://packages.example/index.json"], KnownFaults.SourcesOf(report));
        Assert.True(KnownFaults.TellsFaults(Json("""{ "resources": [{ "@type": "VulnerabilityInfo/6.7.0" }] }""")));
        Assert.False(KnownFaults.TellsFaults(Json("""{ "resources": [{ "@type": "PackageBaseAddress/3.0.0" }] }""")));
    }

    [Fact]
    public void What_this_repository_is_built_with_may_all_come_in()
    {
        var dependencies = Dependencies.Read(Repository.Root);
        var rules = LicenceRules.Read(Path.Combine(Repository.Root, ".ci", "licences.json"));
        Assert.Contains(dependencies, dependency => dependency is { Name: "MailKit", IsShipped: true });
        Assert.Contains(dependencies, dependency => dependency is { Name: "Moq", IsShipped: false });
        Assert.Empty(dependencies.Select(rules.FaultOf).OfType<string>());
    }

    private static Dependency Package(string expression) => new("Some", "1.0.0", new SaidLicence(expression, null, null), IsShipped: true);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
