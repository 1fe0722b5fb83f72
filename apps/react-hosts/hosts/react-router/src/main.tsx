import { SegOpsProvider, usePageViews } from "@segops/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Link, Outlet, RouterProvider, useLocation } from "react-router";

function Layout() {
  usePageViews(useLocation().pathname);
  return (
    <>
      <Link to="/">Shop</Link>
      <Link to="/cart">Cart</Link>
      <Outlet />
    </>
  );
}

const router = createBrowserRouter([
  {
    element: <Layout />,
    children: [
      { path: "/", element: <h1>Shop</h1> },
      { path: "/cart", element: <h1>Cart</h1> },
    ],
  },
]);

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <SegOpsProvider apiUrl={import.meta.env.VITE_SEGOPS_API_URL} apiKey="pk_test_local" flushInterval={200}>
      <RouterProvider router={router} />
    </SegOpsProvider>
  </StrictMode>,
);
