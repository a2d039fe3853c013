using Signals.Web.Api;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>What of the money is looked at: of everybody or one manager's, gross or net.</summary>
internal sealed record RevenueView(string? Csm, bool Gross)
{
    public const string Path = "/revenue";
    public const string CsvPath = "/revenue.csv";

    /// <summary>Throws <see cref="ApiRefusal"/>.</summary>
    public static RevenueView Of(PageRequest request) =>
        new(request.One("csm"), Query.OneOf(request.Http, "show", ["gross", "net"]) == "gross");

    public string Address(string? cursor = null) => Links.With(Path, ("csm", Csm), ("show", Gross ? "gross" : null), ("cursor", cursor));

    /// <summary>The file of one table, of everybody or of one manager's accounts.</summary>
    public static string Csv(string table, string? csm = null) => Links.With(CsvPath, ("table", table), ("csm", csm));
}
