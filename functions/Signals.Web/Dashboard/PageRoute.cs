using Signals.Core.Platform.Languages;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard;

/// <summary>Where a page is, and where it stands in the navigation.</summary>
/// <param name="Path">A route pattern.</param>
/// <param name="Page">The class that draws it, an <see cref="IDashboardPage"/> or <see cref="IDashboardDownload"/>.</param>
/// <param name="Section">The path of the navigation's entry that it belongs to.</param>
/// <param name="Role">Who may see it.</param>
/// <param name="Label">What the navigation calls it; null for pages that are reached from others.</param>
internal sealed record PageRoute(string Path, Type Page, string Section, DashboardRole Role, [English] string? Label)
{
    /// <summary>A page that the navigation names.</summary>
    public static PageRoute InNavigation<TPage>(string path, [English] string label)
        where TPage : IDashboardPage => new(path, typeof(TPage), path, DashboardRole.Reader, label);

    /// <summary>A page that is reached from those of a section.</summary>
    public static PageRoute Of<TPage>(string path, string section, DashboardRole role = DashboardRole.Reader)
        where TPage : IDashboardPage => new(path, typeof(TPage), section, role, Label: null);

    public static PageRoute Download<TDownload>(string path, string section, DashboardRole role = DashboardRole.Reader)
        where TDownload : IDashboardDownload => new(path, typeof(TDownload), section, role, Label: null);
}

/// <summary>Where a form is sent to, and who may send it.</summary>
internal sealed record FormRoute(string Path, Type Form, DashboardRole Role)
{
    public static FormRoute Of<TForm>(string path, DashboardRole role)
        where TForm : IDashboardForm => new(path, typeof(TForm), role);
}
